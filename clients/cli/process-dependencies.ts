import { fstatSync } from 'node:fs';
import { systemCodeOf } from '../agent/write-error.ts';
import { exitCodes } from './exit-codes.ts';
import type { RunDependencies } from './main.ts';

/** The CLI's outside as it is in a process of its own. */
export function processDependencies(): RunDependencies {
  const { stdout, stderr, env } = process;
  // Nobody reads what we say, or its disk is full: an agent goes on, and a code is still the code.
  const err = writerTo(stderr, () => undefined);
  return {
    out: writerTo(stdout, (error) => endForOutput(systemCodeOf(error), err)),
    err,
    fetch: globalThis.fetch,
    env,
    clock: () => new Date(),
    isTerminal: stdout.isTTY === true,
    isWatched: stderr.isTTY === true,
    isReadByRunner: env.GITHUB_ACTIONS === 'true' && isPipe(stderr.fd),
    version: '0.0.0',
  };
}

/** The runner reads pipes. What goes to a file is kept, so that a secret to be hidden must not. */
function isPipe(fd: number): boolean {
  try {
    const found = fstatSync(fd);
    return found.isFIFO() || found.isSocket();
  } catch {
    return false;
  }
}

/** Output that is not complete must not look as if it were; but a reader that leaves (`| head`) had enough. */
function endForOutput(code: string | undefined, err: (text: string) => void): void {
  if (code === 'EPIPE') return;
  err(`tokenvend: standard output cannot be written (${code ?? 'unknown'}).\n`);
  process.exit(exitCodes.cannotWrite);
}

function writerTo(
  stream: NodeJS.WriteStream,
  onError: (error: Error) => void,
): (text: string) => void {
  let isListening = false;
  return (text) => {
    if (!isListening) stream.on('error', onError);
    isListening = true;
    stream.write(text);
  };
}
