import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { buildCommandLine } from '../../build/command-line.ts';
import { buildLibrary } from '../../build/library.ts';
import { noticesName, writeNotices } from '../../build/notices.ts';

const run = promisify(execFile);

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What would be published, built anew, and beside the checkout's own `dist`. */
export interface Packed {
  /** Of everything in the package, sorted. */
  readonly files: readonly string[];
  readonly tarball: string;
  remove(): Promise<void>;
}

const packReport = z.array(
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }),
);

/** Builds and packs, in a folder of its own. */
export async function pack(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-pack-'));
  for (const file of ['package.json', 'LICENSE', 'README.md', 'CHANGELOG.md']) {
    await copyFile(join(root, file), join(folder, file));
  }
  await run('cp', ['-R', join(root, 'bin'), join(folder, 'bin')]);
  const workdir = join(folder, 'work');
  await buildLibrary({ root, outdir: join(folder, 'dist', 'library'), workdir });
  await writeNotices({
    root,
    metafiles: [join(workdir, 'library.json')],
    outfile: join(folder, 'dist', 'library', noticesName),
  });
  await buildCommandLine({ root, outdir: join(folder, 'dist', 'cli'), workdir });
  const { stdout } = await run('npm', ['pack', '--json'], { cwd: folder });
  const [report] = packReport.parse(JSON.parse(stdout));
  if (report === undefined) throw new Error('nothing was packed');
  return {
    files: report.files.map(({ path }) => path).sort(),
    tarball: join(folder, report.filename),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
