import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNotifier, type Notice } from '../../../../clients/agent/refresh-notice.ts';

let folder: string;
let failures: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-notice-'));
  failures = [];
});
afterEach(() => rm(folder, { recursive: true }));

const notifier = (notice: Notice, env: Readonly<Record<string, string>> = {}) =>
  createNotifier(notice, {
    env: { PATH: process.env.PATH, ...env },
    onFailure: (why) => failures.push(why),
  });

const log = (): Promise<string> => readFile(join(folder, 'log'), 'utf8').catch(() => '');

describe('a command after a refresh', () => {
  const command = (text: string): Notice => ({
    kind: 'command',
    command: text.replaceAll('LOG', join(folder, 'log')),
  });

  it('learns which targets have new files, and never who we are', async () => {
    const env = {
      TOKENVEND_IDENTITY_TOKEN: 'planted',
      AWS_SECRET_ACCESS_KEY: 'planted',
      HOME: '/h',
    };

    notifier(command('env > LOG.new; mv LOG.new LOG'), env).notify(['a', 'b']);

    await expect.poll(log).toContain('REFRESHED_TARGETS=a b\n');
    expect(await log()).toContain('HOME=/h\n');
    expect(await log()).not.toContain('planted');
  });

  it('never runs twice at once: what comes meanwhile is one more', async () => {
    const { notify } = notifier(
      command('echo "$REFRESHED_TARGETS" >> LOG; sleep 0.2; echo end >> LOG'),
    );

    notify(['a']);
    notify(['b']);
    notify(['c']);

    await expect.poll(log).toBe('a\nend\nb c\nend\n');
  });

  it('that fails is told of, and does not keep the next from running', async () => {
    const { notify } = notifier(command('echo run >> LOG; exit 3'));

    notify(['a']);
    await expect.poll(() => failures.length).toBe(1);
    notify(['a']);

    await expect.poll(log).toBe('run\nrun\n');
  });
});

describe('a signal after a refresh', () => {
  it('goes to the process of the file', async () => {
    const pidFile = join(folder, 'pid');
    await writeFile(pidFile, `${process.pid}\n`);
    const received = once(process, 'SIGUSR2');

    notifier({ kind: 'signal', signal: 'SIGUSR2', pidFile }).notify(['a']);

    await expect(received).resolves.toBeDefined();
    expect(failures).toEqual([]);
  });

  it.each(['', '0', '-1', '1', 'abc', '99999999'])(
    'is not sent for %j in the file',
    async (text) => {
      const pidFile = join(folder, 'pid');
      await writeFile(pidFile, text);

      notifier({ kind: 'signal', signal: 'SIGUSR2', pidFile }).notify(['a']);

      await expect.poll(() => failures.length).toBe(1);
    },
  );
});
