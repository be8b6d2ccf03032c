import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGate } from './gate.ts';
import type { LogLine } from './history.ts';
import { guard } from './process-guard.ts';

export interface Exit {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process in a group of its own, so that its children are stopped and killed with it. */
export interface ProcessGroup {
  readonly name: string;
  /** When the process itself has ended. */
  readonly exited: Promise<Exit>;
  /** When all that it and its children wrote has been read as well. */
  readonly drained: Promise<void>;
  hasExited(): boolean;
  /** To the whole group. A group that is gone is no error. */
  signal(signal: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
}

export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** All of it: nothing of ours is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
}

/** @throws Error with the system's `code` (`EACCES`, `ENOENT`, …) when the program cannot be started. */
export async function startProcess(
  program: Program,
  log: (line: LogLine) => void,
): Promise<ProcessGroup> {
  const child = spawn(program.command, [...program.args], {
    cwd: program.directory,
    env: program.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = createGate<Exit>();
  const drained = createGate<void>();
  child.once('exit', (code, signal) => exited.open({ code, signal }));
  child.once('close', () => drained.open());
  logLines(child.stdout, (text) => log({ source: program.name, stream: 'stdout', text }));
  logLines(child.stderr, (text) => log({ source: program.name, stream: 'stderr', text }));
  const groupId = await spawned(child);
  child.once('close', guard(groupId));
  return {
    name: program.name,
    exited: exited.opened,
    drained: drained.opened,
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    signal: (signal) => signalGroup(groupId, signal),
  };
}

function spawned(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
}

function signalGroup(groupId: number, signal: NodeJS.Signals): void {
  // The group 0 is our own.
  if (groupId === 0) return;
  try {
    process.kill(-groupId, signal);
  } catch {
    // ESRCH: all of them have ended.
  }
}

function logLines(stream: Readable, log: (text: string) => void): void {
  createInterface({ input: stream }).on('line', log);
}
