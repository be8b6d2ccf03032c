import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommandLine } from '../../build/command-line.ts';
import { identityOf, nightlyCredentials } from '../../local/callers.ts';
import { region } from '../../local/organization.ts';
import { aFolder } from './support/cli-process.ts';
import { silenceFunctions, startTestStack, type TestStack } from './support/test-stack.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let stack: TestStack;
let folder: Awaited<ReturnType<typeof aFolder>>;

/** The bundle as it is published, in a folder that has nothing beside it. */
beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack();
  folder = await aFolder();
  await buildCommandLine({ root, outdir: folder.path, workdir: join(folder.path, 'meta') });
});
afterAll(async () => {
  await folder.remove();
  await stack.close();
});

async function bundled(args: readonly string[], env: Readonly<Record<string, string>>) {
  const script = `require(${JSON.stringify(join(folder.path, 'main.cjs'))}).run(${JSON.stringify(args)}).then((code) => { process.exitCode = code; })`;
  const { PATH, HOME } = process.env;
  return promisify(execFile)(process.execPath, ['-e', script], {
    env: { PATH, HOME, TOKENVEND_API_URL: stack.apiUrl, TOKENVEND_WAIT: '0', ...env },
  });
}

describe('the bundled command line', () => {
  it('gets a token', async () => {
    const jwt = await identityOf(stack, 'orders-pod');

    const { stdout } = await bundled(['token', 'orders'], { TOKENVEND_IDENTITY_TOKEN: jwt });

    expect(stdout).toContain('DBUser=orders_app');
  });

  it('finds the AWS chain beside it, which only --auth iam loads', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = nightlyCredentials(stack);
    const env = {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };

    const { stdout } = await bundled(['token', 'orders', '--auth', 'iam'], env);

    expect(stdout).toContain('DBUser=orders_batch');
    expect(await inputsOfMain()).not.toContainEqual(expect.stringMatching(/credential-provider/));
  });

  it('finds the verbs of the registry beside it, and ends as they say', async () => {
    const wrong = bundled(['registry', 'validate', '/nowhere'], {});

    await expect(wrong).rejects.toMatchObject({ code: 2 });
    expect(await inputsOfMain()).not.toContainEqual(
      expect.stringMatching(/node_modules\/(zod|yaml)/),
    );
  });
});

/** What went into the bundle that is loaded first, and not into those beside it. */
async function inputsOfMain(): Promise<string[]> {
  const metafile = await readFile(join(folder.path, 'meta', 'cli.json'), 'utf8');
  return Object.keys(JSON.parse(metafile).inputs);
}
