import { afterEach, describe, expect, it } from 'vitest';
import {
  codeOfSignal,
  createSignalRelay,
  isOnTerminal,
  type SignalRelay,
} from '../../../../clients/cli/signal-relay.ts';

let relay: SignalRelay | undefined;
afterEach(() => relay?.close());

/** A relay with a child that keeps account of what it was sent. */
function aRelay(isTerminal: boolean) {
  const received: unknown[] = [];
  relay = createSignalRelay(isTerminal);
  const kill = (signal?: NodeJS.Signals | number): boolean => {
    received.push(signal);
    return true;
  };
  return { ...relay, child: { kill }, received };
}

const all: readonly NodeJS.Signals[] = [
  ...(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2'] as const),
  ...(['SIGALRM', 'SIGCONT', 'SIGWINCH'] as const),
];

describe('the relay of signals', () => {
  it('passes every signal on', () => {
    const { attach, child, received } = aRelay(false);
    attach(child);

    for (const signal of all) process.emit(signal, signal);

    expect(received).toEqual(all);
  });

  it('leaves to the terminal what the terminal sends to the child itself', () => {
    const { attach, child, received } = aRelay(true);
    attach(child);

    for (const signal of all) process.emit(signal, signal);

    expect(received).toEqual(['SIGHUP', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGCONT']);
  });

  it('tells of a signal that came before there was a child', async () => {
    const { interrupted } = aRelay(false);

    process.emit('SIGWINCH', 'SIGWINCH');
    process.emit('SIGTERM', 'SIGTERM');

    expect(await interrupted).toBe('SIGTERM');
  });

  it('leaves no listener behind', () => {
    const before = all.map((signal) => process.listenerCount(signal));
    const { close } = aRelay(false);

    close();

    expect(all.map((signal) => process.listenerCount(signal))).toEqual(before);
  });
});

it.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGKILL', 137],
  ['SIGTERM', 143],
] as const)('a child that %s ended has code %i', (signal, code) => {
  expect(codeOfSignal(signal)).toBe(code);
});

it.each([
  ['its input is piped in', { stdin: false, stdout: true, stderr: true }, true],
  ['its output is piped on', { stdin: true, stdout: false, stderr: true }, true],
  ['it stands between two pipes', { stdin: false, stdout: false, stderr: true }, true],
  ['a CI system runs it', { stdin: false, stdout: false, stderr: false }, false],
])('a process where %s is on a terminal by any of its streams', (_what, ttys, expected) => {
  const { stdin, stdout, stderr } = ttys;
  const streams = {
    stdin: { isTTY: stdin },
    stdout: { isTTY: stdout },
    stderr: { isTTY: stderr },
  };

  expect(isOnTerminal(streams)).toBe(expected);
});
