import type { RunDependencies } from './main.ts';

/** The CLI's outside as it is in a process of its own. */
export function processDependencies(): RunDependencies {
  const { stdout, stderr, env } = process;
  return {
    out: writerTo(stdout),
    err: writerTo(stderr),
    fetch: globalThis.fetch,
    env,
    clock: () => new Date(),
    isTerminal: stdout.isTTY === true,
    version: '0.0.0',
  };
}

/** A reader that goes away early (`| head`) is no error of ours. */
function writerTo(stream: NodeJS.WriteStream): (text: string) => void {
  let isListening = false;
  return (text) => {
    if (!isListening) stream.on('error', ignoreClosedPipe);
    isListening = true;
    stream.write(text);
  };
}

function ignoreClosedPipe(error: Error): void {
  if (!('code' in error && error.code === 'EPIPE')) throw error;
}
