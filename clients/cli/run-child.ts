import { spawn } from 'node:child_process';
import { codeOfSignal, type SignalRelay } from './signal-relay.ts';

/** A child that could not be started: 126 where it may not be run, 127 where there is none, as in shells. */
const cannotRun = 126;
const notFound = 127;

export interface ChildStart {
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: NodeJS.ProcessEnv;
  readonly relay: SignalRelay;
  readonly err: (text: string) => void;
}

/** Runs a child on our own terminal, pipes and folder. Resolves with its code as a shell would give it. */
export function runChild({ command, env, relay, err }: ChildStart): Promise<number> {
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    relay.attach(child);
    child.on('error', (error) => {
      // Also told of a signal that could not be sent, to a child that runs.
      if (child.pid !== undefined) return;
      const isMissing = 'code' in error && error.code === 'ENOENT';
      err(`tokenvend: ${program}: ${isMissing ? 'not found' : 'cannot be run'}\n`);
      resolve(isMissing ? notFound : cannotRun);
    });
    child.on('close', (code, signal) => {
      if (child.pid !== undefined) resolve(signal === null ? (code ?? 0) : codeOfSignal(signal));
    });
  });
}
