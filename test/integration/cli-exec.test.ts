import { spawnSync } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { aFolder, cli, startCli } from './support/cli-process.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
  withDatabase,
} from './support/test-stack.ts';

let stack: TestStack;
let folder: Awaited<ReturnType<typeof aFolder>>;
let runtime: string;
let jwt: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack(withDatabase);
  folder = await aFolder();
  runtime = join(folder.path, 'runtime');
  await mkdir(runtime);
  jwt = await identityOf(stack, 'orders-pod');
  const identity = join(folder.path, 'jwt');
  await writeFile(identity, jwt);
  env = {
    TOKENVEND_API_URL: stack.apiUrl,
    TOKENVEND_IDENTITY_TOKEN_FILE: identity,
    TOKENVEND_VIA: `127.0.0.1:${stack.database.port}`,
    TOKENVEND_WAIT: '0',
    XDG_RUNTIME_DIR: runtime,
  };
});
afterAll(async () => {
  await folder.remove();
  await stack.close();
});

const exec = (args: readonly string[], changes: Readonly<Record<string, string>> = {}) =>
  cli(['exec', 'orders', ...args], { ...env, ...changes });

const hasPsql = spawnSync('psql', ['--version']).status === 0;

describe('tokenvend exec', () => {
  it.runIf(hasPsql)('lets psql open a session, with nothing but its own name', async () => {
    const ended = await exec([
      '--',
      'psql',
      '-Atc',
      "select current_user, split_part(current_setting('application_name'), ' ', 1)",
    ]);

    expect(ended).toMatchObject({ code: 0, out: 'orders_app|psql\n', err: '' });
  });

  it('hands the child files that are its own, and no identity', async () => {
    const script = 'env; echo; for f in "$PGPASSFILE" "$PGSSLROOTCERT"; do stat -c "%a" "$f"; done';
    const planted = { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'planted', PGPASSWORD: 'planted' };

    const { code, out } = await exec(['--', 'sh', '-c', script], planted);

    expect(code).toBe(0);
    expect(out).toMatch(/^PGPASSFILE=/m);
    expect(out).not.toMatch(/^TOKENVEND_|planted/m);
    expect(out).not.toContain(jwt);
    expect(out.trimEnd().split('\n').slice(-2)).toEqual(['600', '600']);
  });

  it('A30: hands the child the token as it was vended, in every form', async () => {
    const script =
      'console.log(JSON.stringify([process.env.P, decodeURIComponent(new URL(process.env.U).password), require("node:fs").readFileSync(process.env.F, "utf8")]))';
    const set = ['P={password}', 'U={url}', 'F={password_file}'].flatMap((one) => ['--set', one]);

    const { out } = await exec([...set, '--', process.execPath, '-e', script]);

    const [first, ...others] = JSON.parse(out);
    expect(first).toContain('X-Amz-Security-Token=');
    expect(others).toEqual([first, first]);
  });

  it('runs where the runtime folder is another user’s, or gone', async () => {
    const ended = await exec(['--', 'sh', '-c', 'echo "$PGPASSFILE"'], {
      XDG_RUNTIME_DIR: '/nowhere/at/all',
    });

    expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/^\/.*\/pgpass\n$/) });
  });

  it('leaves nothing behind', async () => {
    const { out } = await exec(['--', 'sh', '-c', 'dirname "$PGPASSFILE"']);

    await expect(lstat(out.trim())).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(runtime)).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const)(
    'passes %s on, and waits for the child to end by itself',
    async (signal) => {
      const name = signal.slice(3);
      const script = `trap 'echo got ${name}; exit 9' ${name}; echo ready; while :; do sleep 0.05; done`;
      const running = startCli(['exec', 'orders', '--', 'sh', '-c', script], env);
      await expect.poll(running.out, { timeout: 20_000 }).toContain('ready');

      running.child.kill(signal);

      expect(await running.ended).toMatchObject({ code: 9, out: `ready\ngot ${name}\n` });
      expect(await readdir(runtime)).toEqual([]);
    },
  );

  it('ends as the child does that a signal ends, with its files gone', async () => {
    const running = startCli(
      ['exec', 'orders', '--', 'sh', '-c', 'echo $PGPASSFILE; exec sleep 60'],
      env,
    );
    await expect.poll(running.out, { timeout: 20_000 }).toContain('pgpass');

    running.child.kill('SIGTERM');

    expect(await running.ended).toMatchObject({ code: 143, signal: null });
    await expect(lstat(dirname(running.out().trim()))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is not kept by an API that is silent from being ended', async () => {
    const running = startCli(['exec', 'orders', '--identity-command', 'sleep 4', '--', 'true'], {
      ...env,
      TOKENVEND_IDENTITY_TOKEN_FILE: '',
    });
    await expect.poll(() => readdir(runtime), { timeout: 20_000 }).toHaveLength(1);

    running.child.kill('SIGTERM');

    expect(await running.ended).toMatchObject({ code: 143 });
    expect(await readdir(runtime)).toEqual([]);
  });

  it('keeps what stands after -- for the child, our own flags and verbs too', async () => {
    const { out } = await exec(['--', 'echo', 'token', '--help', '--', '--version']);

    expect(out).toBe('token --help -- --version\n');
  });

  it('writes no token and no identity itself', async () => {
    const { err } = await exec(['--', 'sh', '-c', 'cat "$PGPASSFILE" > /dev/null']);
    const audit = await readFile(join(stack.directory, 'audit.jsonl'), 'utf8');

    expect(err).toBe('');
    expect(audit).not.toContain(jwt);
  });
});
