import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCommandLine } from '../../build/command-line.ts';
import type { RunningPart } from '../../local/running-parts.ts';
import type { StackBehindTls } from '../stack-behind-tls.ts';
import type { Command } from './command.ts';

/** The command line as `npm install` lays it down: the launcher, and bundles instead of the source. */
export interface PackagedCli extends RunningPart {
  /** `tokenvend` with these arguments, on this process's Node. */
  command(args: readonly string[], env?: Command['env']): Command;
  /** A folder for what commands leave; their home as well. */
  readonly folder: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds it in a folder of its own, which `close` removes, to be used with the stack. */
export async function packageCli(api: StackBehindTls): Promise<PackagedCli> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-bench-'));
  const installed = join(folder, 'installed');
  await buildCommandLine({
    root,
    outdir: join(installed, 'dist', 'cli'),
    workdir: join(folder, 'meta'),
  });
  await mkdir(join(installed, 'bin'));
  for (const file of ['bin/tokenvend.js', 'package.json']) {
    await copyFile(join(root, file), join(installed, file));
  }
  return {
    folder,
    command: (args, env = {}) => ({
      file: process.execPath,
      args: [join(installed, 'bin', 'tokenvend.js'), ...args, '--api-ca', api.apiCaFile],
      env: { PATH: '/usr/bin:/bin', HOME: folder, TOKENVEND_API_URL: api.apiUrl, ...env },
    }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
