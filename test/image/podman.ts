import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, ended } from '../infra/restricted-process.ts';

/** Podman with images and containers of its own, which no other podman on the machine sees. */
export interface Podman {
  /** For what images are made of. */
  readonly folder: string;
  /** Runs to the end, whichever it is. */
  try(args: readonly string[], options?: SpawnOptions): Promise<Ended>;
  /** What it prints. @throws Error with what podman said where it fails. */
  run(args: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

export async function startPodman(): Promise<Podman> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-podman-'));
  const always = [
    ...['--root', join(folder, 'storage'), '--runroot', join(folder, 'run')],
    ...['--tmpdir', join(folder, 'tmp'), '--storage-driver', 'vfs'],
    // What works without systemd and on both versions of control groups.
    ...['--cgroup-manager', 'cgroupfs', '--runtime', 'runc'],
  ];
  const attempt = (args: readonly string[], options: SpawnOptions = {}): Promise<Ended> =>
    ended(
      spawn('podman', [...always, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] }),
    ).catch(() => Promise.reject(new Error('podman is missing: run test/image/install.sh')));
  return {
    folder,
    try: attempt,
    async run(args) {
      const { code, out, err } = await attempt(args);
      if (code !== 0) throw new Error(`podman ${args[0]} ended in ${code}:\n${out}${err}`);
      return out.trim();
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
