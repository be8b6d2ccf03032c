import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aFolder, startCli } from './support/cli-process.ts';

const patience = { timeout: 20_000 };
/** Nobody listens there, and nobody is asked before there is an identity. */
const env = { TOKENVEND_API_URL: 'http://127.0.0.1:9' };

let folder: Awaited<ReturnType<typeof aFolder>>;
let runs = 0;
beforeAll(async () => {
  folder = await aFolder();
});
afterAll(() => folder.remove());

/** Starts a verb whose identity command hangs. Resolves when that runs. */
async function startHanging(verb: readonly string[], after: readonly string[] = []) {
  const pidFile = join(folder.path, `pid-${++runs}`);
  const command = ['--identity-command', `echo $$ > ${pidFile}; sleep 60; :`];
  const cli = startCli([...verb, ...command, ...after], env);
  const pid = () => readFile(pidFile, 'utf8').then(Number, () => 0);
  await expect.poll(pid, patience).toBeGreaterThan(1);
  return { cli, command: await pid() };
}

/** Whether a process group has anybody left in it. */
function isRunning(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

describe('an identity command that runs', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with a verb that %s ends, which looks like any process that it ends',
    async (signal) => {
      const { cli, command } = await startHanging(['whoami']);

      cli.child.kill(signal);

      expect(await cli.ended).toMatchObject({ code: null, signal });
      await expect.poll(() => isRunning(command), patience).toBe(false);
    },
  );

  it('ends with exec, when that is interrupted before it has a child', async () => {
    const { cli, command } = await startHanging(['exec', 'orders'], ['--', 'true']);

    cli.child.kill('SIGINT');

    expect(await cli.ended).toMatchObject({ code: 130, signal: null });
    await expect.poll(() => isRunning(command), patience).toBe(false);
  });

  it('ends with an agent, which ends in 0', async () => {
    const { cli, command } = await startHanging(['agent', 'orders', '--dir', folder.path]);

    cli.child.kill('SIGTERM');

    expect(await cli.ended).toMatchObject({ code: 0, signal: null });
    await expect.poll(() => isRunning(command), patience).toBe(false);
  });
});
