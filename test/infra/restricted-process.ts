import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { ContainerImage } from './container-image.ts';

/** A UID that no machine has a name or a home for, as a pod's often is. */
export const strangeUid = 54_321;

/** Who the processes run as: the strange UID where we may choose, otherwise ourselves. */
export const processUid = process.getuid?.() === 0 ? strangeUid : process.getuid?.();

/** Variables of the process, and nothing else: no HOME, and no PATH but the system's. */
type Environment = Readonly<Record<string, string>>;

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program that runs as in a pod: its own UID, nothing of this process's environment, from `/`. */
export function start(command: readonly string[], env: Environment = {}): ChildProcess {
  const [program = '', ...args] = command;
  const user = processUid === strangeUid ? { uid: strangeUid, gid: strangeUid } : {};
  return spawn(program, args, {
    ...user,
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits for a process of `start` to end. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('started without pipes');
  const code = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [out, err] = await Promise.all([text(stdout), text(stderr)]);
  return { code: await code, out, err };
}

/** The image's program with these arguments. The kernel would find its Node; here it is named. */
export function entrypointOf({ node, entrypoint }: ContainerImage, args: readonly string[]) {
  return [node, entrypoint, ...args];
}
