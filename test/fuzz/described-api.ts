import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { identityOf, nightlyCredentials } from '../../local/callers.ts';
import type { Stack } from '../../local/stack.ts';
import { silenceFunctions, startTestStack } from '../integration/support/test-stack.ts';
import { serveSigning, toBeSigned } from './signing-proxy.ts';

/**
 * `npm run test:described`: Schemathesis sends what openapi.yaml describes, and what it does not, to
 * the whole system on loopback, and compares the answers with the description.
 *
 * Settings, environment variables: SCHEMATHESIS names the program; DESCRIBED_SECONDS bounds each of the
 * two runs, one for each kind of proof (20 unless told). A failure prints the seed and a `curl` command.
 */
async function main(): Promise<void> {
  silenceFunctions();
  const stack = await startTestStack({ throttle: { perSecond: 100_000, burst: 100_000 } });
  const proxy = await serveSigning(stack, nightlyCredentials(stack));
  try {
    const codes = [await sendWithJwt(stack), await sendSigned(proxy.url)];
    process.exitCode = Math.max(...codes);
  } finally {
    await proxy.close();
    await stack.close();
  }
}

/** Everything that needs no signature. */
async function sendWithJwt(stack: Stack): Promise<number> {
  const jwt = await identityOf(stack, 'orders-pod');
  return schemathesis(stack.apiUrl, [
    '--exclude-path-regex=^/v1/iam/',
    `--header=Authorization: Bearer ${jwt}`,
  ]);
}

/** The routes for SigV4, whose requests are signed on the way. */
function sendSigned(url: string): Promise<number> {
  return schemathesis(url, [
    '--include-path-regex=^/v1/iam/',
    `--header=Authorization: ${toBeSigned}`,
  ]);
}

/**
 * What the program expects of APIs and this one does otherwise: a description cannot say which names the
 * registry has, so that a valid request may be refused; and API Gateway answers an unknown method as it
 * answers an unknown path, with 401.
 */
const leftOut = ['positive_data_acceptance', 'unsupported_method'];

const root = fileURLToPath(new URL('../..', import.meta.url));
const hooks = fileURLToPath(new URL('schemathesis_hooks.py', import.meta.url));
/** Not under version control; the program keeps what it found where it is started. */
const folder = join(root, '.local');

const { SCHEMATHESIS = join(folder, 'schemathesis/bin/schemathesis'), DESCRIBED_SECONDS = '20' } =
  process.env;

/** Runs the program against an API; gives its exit code. */
async function schemathesis(url: string, options: readonly string[]): Promise<number> {
  const bounds = [`--max-time=${DESCRIBED_SECONDS}`, '--max-examples=200', '--request-timeout=10'];
  const quiet = ['--no-color', '--generation-database=none', '--warnings=off'];
  await mkdir(folder, { recursive: true });
  const child = spawn(
    SCHEMATHESIS,
    [
      'run',
      join(root, 'openapi.yaml'),
      `--url=${url}`,
      `--exclude-checks=${leftOut}`,
      ...bounds,
      ...quiet,
      ...options,
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      cwd: folder,
      env: { ...process.env, SCHEMATHESIS_HOOKS: hooks },
    },
  );
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'could not start'}\n`);
  process.exitCode = 1;
});
