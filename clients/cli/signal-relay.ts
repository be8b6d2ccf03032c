import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

/** Stands between whoever signals us and the child that is meant. */
export interface SignalRelay {
  /** Resolves with the first signal that came while there was no child. */
  readonly interrupted: Promise<NodeJS.Signals>;
  /** From now on signals go to this child. */
  attach(child: Pick<ChildProcess, 'kill'>): void;
  /** Takes the listeners away again. */
  close(): void;
}

/**
 * Catches every signal that can be, so that none ends us before the child has ended and its files are
 * gone.
 *
 * @param isTerminal Whether we are on a terminal. It sends its signals to the child as well as to us:
 *   passed on, one Ctrl-C would count for two, which makes programs give up without cleaning up.
 */
export function createSignalRelay(isTerminal: boolean): SignalRelay {
  let child: Pick<ChildProcess, 'kill'> | undefined;
  let interrupt: (signal: NodeJS.Signals) => void = () => undefined;
  const interrupted = new Promise<NodeJS.Signals>((resolve) => {
    interrupt = resolve;
  });
  const receive = (signal: NodeJS.Signals): void => {
    if (child === undefined) {
      if (endsAProcess(signal)) interrupt(signal);
    } else if (!(isTerminal && fromTerminal.includes(signal))) child.kill(signal);
  };
  for (const signal of relayed) process.on(signal, receive);
  return {
    interrupted,
    attach: (started) => {
      child = started;
    },
    close: () => {
      for (const signal of relayed) process.off(signal, receive);
    },
  };
}

/**
 * Whether a process is on a terminal: one of its streams is. In a pipeline, as in `cat dump.sql | …`, not
 * all are, and Ctrl-C still goes to everybody in it.
 */
export function isOnTerminal(
  process: Readonly<Record<Stream, { readonly isTTY?: boolean }>>,
): boolean {
  return [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY === true);
}

type Stream = 'stdin' | 'stdout' | 'stderr';

/** Not SIGTSTP: we have to stop together with the child, for the shell to get its terminal back. */
const relayed: readonly NodeJS.Signals[] = [
  ...(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2'] as const),
  ...(['SIGALRM', 'SIGCONT', 'SIGWINCH'] as const),
];

const fromTerminal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGWINCH'];

const endsAProcess = (signal: NodeJS.Signals): boolean =>
  signal !== 'SIGCONT' && signal !== 'SIGWINCH';

/** What a shell says of a process that a signal ended: 128 and the signal's number. */
export function codeOfSignal(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
