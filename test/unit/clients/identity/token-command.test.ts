import { describe, expect, it } from 'vitest';
import { tokenCommand } from '../../../../clients/identity/token-command.ts';

describe('an identity that a command prints', () => {
  it('is what the command wrote, run by a shell', async () => {
    expect(await tokenCommand('printf a.; echo b.c').read()).toBe('a.b.c\n');
  });

  it.each([
    ['fails', 'echo a.b.c; exit 3', 'ended with 3'],
    ['is not there', 'no-such-command-anywhere 2>/dev/null', 'ended with 127'],
    ['prints without end', 'yes', 'prints more than a JWT'],
    ['prints too much, and succeeds', 'head -c 100000 /dev/zero', 'prints more than a JWT'],
    ['was killed', 'kill -9 $$', 'ended with SIGKILL'],
  ])('is unreadable where the command %s, and says so', async (_, command, what) => {
    await expect(tokenCommand(command).read()).rejects.toMatchObject({
      kind: 'identity',
      reason: 'identity-unreadable',
      message: `--identity-command ${what}.`,
    });
  });

  it('is given up in time, also where what the shell started holds the pipe', async () => {
    const read = tokenCommand('sleep 30 & sleep 30', { attemptMs: 100 }).read();

    await expect(read).rejects.toMatchObject({
      kind: 'identity',
      reason: 'identity-command-late',
    });
  });

  it('A21: is described without the command, which may hold a secret', async () => {
    const source = tokenCommand('exit 3 # hunter2');

    const error = await source.read().catch((reason: unknown) => reason);

    expect(`${source.description} ${error} ${JSON.stringify(error)}`).not.toContain('hunter2');
  });
});

it('commands leave no listener of the process behind, however many run and however they end', async () => {
  const count = () => ['exit', 'SIGINT', 'SIGTERM'].map((name) => process.listenerCount(name));
  const before = count();

  const reads = ['echo a.b.c', 'exit 1', 'echo d.e.f'].map((one) => tokenCommand(one).read());
  const during = count();
  await Promise.allSettled(reads);

  expect(during).toEqual(before.map((number) => number + 1));
  expect(count()).toEqual(before);
});
