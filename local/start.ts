import { rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { nightlyCredentials } from './callers.ts';
import { keepIdentityFiles } from './identity-files.ts';
import { region } from './organization.ts';
import { quietFunctions } from './quiet-functions.ts';
import { startStack } from './stack.ts';
import { lockStart } from './start-lock.ts';
import { thingsToTry } from './things-to-try.ts';

const directory = fileURLToPath(new URL('../.local', import.meta.url));

/** Long enough for a day of trying; STS itself gives no more. */
const credentialSeconds = 12 * 3600;

/** All that a run leaves there; whatever else lies in the folder is not ours to remove. */
const ours = ['audit.jsonl', 'aws.env', 'certificates', 'identity', 'registry.yaml'];

async function removeOurs(): Promise<void> {
  for (const name of ours) await rm(join(directory, name), { recursive: true, force: true });
}

/**
 * `npm start`: the whole system on this machine until Ctrl-C, with its files under `.local/`.
 * `npm start -- --postgres --mariadb` puts real servers from Debian's packages behind it.
 */
async function start(): Promise<void> {
  const { values: servers } = parseArgs({
    options: { postgres: { type: 'boolean' }, mariadb: { type: 'boolean' } },
  });
  lockStart(join(directory, 'start.pid'));
  await removeOurs();
  const stack = await startStack({ directory, ...servers });
  const identities = await keepIdentityFiles(stack, join(directory, 'identity'));
  const credentials = nightlyCredentials(stack, credentialSeconds);
  await writeFile(
    join(directory, 'aws.env'),
    [
      `export AWS_REGION=${region}`,
      `export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
      `export AWS_SESSION_TOKEN=${credentials.sessionToken}`,
      '',
    ].join('\n'),
    { mode: 0o600 },
  );
  process.stdout.write(thingsToTry(stack, relative(process.cwd(), directory)));

  const stop = async (): Promise<void> => {
    await identities.close();
    await stack.close();
    await removeOurs();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop().catch(() => process.exit(1));
    });
  }
}

quietFunctions();
start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'could not start'}\n`);
  process.exitCode = 1;
});
