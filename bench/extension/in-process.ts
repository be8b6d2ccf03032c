import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildLibrary, libraryEntries } from '../../build/library.ts';
import { fastestOf } from '../fastest.ts';
import { absolute, compared, type Measurement } from '../measurement.ts';

const runs = 31;

const root = fileURLToPath(new URL('../..', import.meta.url));
const constructOnce = fileURLToPath(new URL('./construct-once.js', import.meta.url));

/**
 * The other way for a function in Node.js: the library in its own process, which costs an init the time
 * to import it and to make a source of tokens. Against the SDK's signer, which it would have otherwise,
 * and on top of what importing any module takes.
 */
export async function measureInProcess(): Promise<Measurement[]> {
  const directory = await mkdtemp(join(tmpdir(), 'tokenvend-bench-'));
  try {
    const outdir = join(directory, 'library');
    await buildLibrary({ root, outdir, workdir: join(directory, 'work') });
    const [library = 0, signer = 0, least = 0] = await constructTimes(directory, outdir);
    const figures = { value: library, peer: signer };
    return [
      compared('library instead, import and construct / @aws-sdk/rds-signer', 'ms', figures),
      absolute('library instead, added to importing an empty module', 'ms', library - least),
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function constructTimes(directory: string, outdir: string): Promise<readonly number[]> {
  const empty = join(directory, 'empty.mjs');
  await writeFile(empty, 'export const createTokenSource = () => undefined;\n');
  const signer = fileURLToPath(import.meta.resolve('@aws-sdk/rds-signer'));
  const modules = [join(outdir, libraryEntries.esm), signer, empty];
  return fastestOf(
    modules.map((module) => () => constructTime(module)),
    runs,
  );
}

async function constructTime(module: string): Promise<number> {
  const env = { AWS_REGION: 'eu-west-1', TOKENVEND_API_URL: 'https://tokens.example.com' };
  const { stdout } = await promisify(execFile)(process.execPath, [constructOnce, module], { env });
  return Number.parseFloat(stdout);
}
