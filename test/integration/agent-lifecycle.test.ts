import { once } from 'node:events';
import { lstat, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { freePort } from '../../local/free-port.ts';
import { aFolder, type CliProcess, cli, startCli } from './support/cli-process.ts';
import { silenceFunctions, startTestStack, type TestStack } from './support/test-stack.ts';

const patience = { timeout: 20_000 };

let stack: TestStack;
let folder: Awaited<ReturnType<typeof aFolder>>;
let env: Readonly<Record<string, string>>;
let dir: string;
let runs = 0;

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack();
  folder = await aFolder();
  const identity = join(folder.path, 'jwt');
  await writeFile(identity, await identityOf(stack, 'orders-pod', 3600));
  env = { TOKENVEND_API_URL: stack.apiUrl, TOKENVEND_IDENTITY_TOKEN_FILE: identity };
});
beforeEach(() => {
  dir = join(folder.path, `db-${++runs}`);
});
afterAll(async () => {
  await folder.remove();
  await stack.close();
});

/** Does `work` while an agent runs, and ends it by SIGTERM. */
async function withAgent(
  args: readonly string[],
  work: (agent: CliProcess) => Promise<void>,
  changes: Readonly<Record<string, string>> = {},
) {
  const agent = startCli(['agent', '--dir', dir, ...args], { ...env, ...changes });
  try {
    await work(agent);
  } finally {
    agent.child.kill('SIGTERM');
  }
  return agent.ended;
}

const isWritten = (name = 'orders'): Promise<boolean> =>
  lstat(join(dir, name, 'connection.json')).then(
    () => true,
    () => false,
  );

describe('an agent', () => {
  it('writes the files, answers its probes, and ends in 0 on SIGTERM', async () => {
    const port = await freePort();
    const codes: number[] = [];

    const ended = await withAgent(['orders', '--health-port', `${port}`, '--metrics'], async () => {
      await expect.poll(() => isWritten(), patience).toBe(true);
      for (const path of ['/startup', '/readiness', '/liveness', '/metrics']) {
        codes.push((await fetch(`http://127.0.0.1:${port}${path}`)).status);
      }
    });

    expect(codes).toEqual([200, 200, 200, 200]);
    expect(ended).toMatchObject({ code: 0, signal: null, out: '' });
    expect((await cli(['check', '--dir', dir])).code).toBe(0);
  });

  it('keeps several targets, for an application that sees them elsewhere, with the mode of a group', async () => {
    const targets = ['orders', 'copy=orders/orders_app'];
    const settings = ['--seen-as', '/app/db', '--file-mode', '0640'];

    await withAgent([...targets, ...settings], async () => {
      await expect.poll(() => isWritten('copy'), patience).toBe(true);
      await expect.poll(() => isWritten('orders'), patience).toBe(true);
    });

    const service = await readFile(join(dir, 'copy', 'pg_service.conf'), 'utf8');
    const modes = await Promise.all(
      ['password', 'pgpass'].map(
        async (name) => (await lstat(join(dir, 'copy', name))).mode & 0o777,
      ),
    );
    expect(service).toContain('[copy]\n');
    expect(service).toContain('passfile=/app/db/copy/pgpass\n');
    expect(modes).toEqual([0o640, 0o600]);
  });

  it('puts back within seconds what somebody removes, and tells the application', async () => {
    const log = join(folder.path, 'refreshes');
    const told = ['--on-refresh', `echo "$REFRESHED_TARGETS" >> ${log}`];

    await withAgent(['orders', ...told], async () => {
      await expect.poll(() => isWritten(), patience).toBe(true);
      await rm(join(dir, 'orders', 'connection.json'));
      await expect.poll(() => isWritten(), patience).toBe(true);
      await expect
        .poll(() => readFile(log, 'utf8').catch(() => ''), patience)
        .toBe('orders\norders\n');
    });
  });

  it('waits for an API that is not up yet, is not started meanwhile, and is live', async () => {
    const port = await freePort();
    const codes: number[] = [];
    const down = { TOKENVEND_API_URL: 'http://127.0.0.1:1' };

    const ended = await withAgent(
      ['orders', '--health-port', `${port}`],
      async ({ err }) => {
        await expect.poll(err, patience).toContain('orders: ');
        for (const path of ['/startup', '/readiness', '/liveness']) {
          codes.push((await fetch(`http://127.0.0.1:${port}${path}`)).status);
        }
      },
      down,
    );

    expect(codes).toEqual([503, 503, 200]);
    expect(ended.code).toBe(0);
  });

  it.each([
    ['a call to an API that does not answer', []],
    ['a command that hangs', ['--identity-command', 'sleep 9']],
  ])('ends at once, whatever %s still wants', async (_what, flags) => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const urls = `http://127.0.0.1:${port},http://localhost:${port}`;
    const agent = startCli(['agent', 'orders', '--dir', dir, ...flags], {
      ...env,
      TOKENVEND_API_URL: urls,
      ...(flags.length > 0 ? { TOKENVEND_IDENTITY_TOKEN_FILE: '' } : {}),
    });
    await expect.poll(() => lstat(dir).then(Boolean, () => false), patience).toBe(true);

    const askedAtMs = performance.now();
    agent.child.kill('SIGTERM');
    const ended = await agent.ended;
    silent.close();

    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(performance.now() - askedAtMs).toBeLessThan(5_000);
  });

  it('that is refused before its first files says so once, and ends in 4', async () => {
    const ended = await cli(['agent', 'no-such-database', '--dir', dir], env);

    expect(ended.code).toBe(4);
    expect(ended.err.match(/refused/g)).toHaveLength(1);
  });

  it('ends in 2 where the port of its probes is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const ended = await cli(['agent', 'orders', '--dir', dir, '--health-port', `${port}`], env);
    taken.close();

    expect(ended.code).toBe(2);
  });

  it('never writes through a link that was laid in its way', async () => {
    const elsewhere = join(folder.path, `elsewhere-${runs}`);
    await mkdir(elsewhere);
    await mkdir(dir);
    await symlink(elsewhere, join(dir, 'orders'));

    const ended = await cli(['write', 'orders', '--dir', dir], env);

    expect(ended.code).toBe(7);
    await expect(lstat(join(elsewhere, 'password'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
