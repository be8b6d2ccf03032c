import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildLibrary, libraryEntries } from '../../build/library.ts';
import { compared, type Measurement } from '../measurement.ts';
import { type Figures, lowerQuartile } from '../side-by-side.ts';

const runs = 31;

const root = fileURLToPath(new URL('../..', import.meta.url));
const constructOnce = fileURLToPath(new URL('./construct-once.js', import.meta.url));

/**
 * The other way for a function in Node.js: the library in its own process, which costs an init the time
 * to import it and to make a source of tokens. Against the SDK's signer, which it would have otherwise.
 */
export async function measureInProcess(): Promise<Measurement> {
  const directory = await mkdtemp(join(tmpdir(), 'tokenvend-bench-'));
  try {
    const outdir = join(directory, 'library');
    await buildLibrary({ root, outdir, workdir: join(directory, 'work') });
    const figures = await constructTimes(join(outdir, libraryEntries.esm));
    return compared('library instead, import and construct / @aws-sdk/rds-signer', 'ms', figures);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function constructTimes(library: string): Promise<Figures> {
  const signer = fileURLToPath(import.meta.resolve('@aws-sdk/rds-signer'));
  const [values, peers]: [number[], number[]] = [[], []];
  for (let done = 0; done < runs; done++) {
    peers.push(await constructTime(signer));
    values.push(await constructTime(library));
  }
  return { value: lowerQuartile(values), peer: lowerQuartile(peers) };
}

async function constructTime(module: string): Promise<number> {
  const env = { AWS_REGION: 'eu-west-1', TOKENVEND_API_URL: 'https://tokens.example.com' };
  const { stdout } = await promisify(execFile)(process.execPath, [constructOnce, module], { env });
  return Number.parseFloat(stdout);
}
