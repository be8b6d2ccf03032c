import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Figures, lowerQuartile } from '../side-by-side.ts';

const importOnce = fileURLToPath(new URL('./import-once.js', import.meta.url));
const certificates = fileURLToPath(new URL('../../certificates', import.meta.url));

/** The tokens function reads these while it is imported; its registry only with the first request. */
const functionEnvironment = {
  AWS_REGION: 'eu-west-1',
  TOKENVEND_API_ID: 'a1b2c3d4e5',
  TOKENVEND_CERTIFICATES: certificates,
  TOKENVEND_REGISTRY_FILE: 'registry.json',
};

/**
 * Milliseconds of importing two bundles of the tokens function, each time in a new process, in turn.
 * The lower quartile of each: what else runs on the machine only ever adds to the time of a process.
 */
export async function importTimes(
  bundles: { readonly subject: string; readonly peer: string },
  runs: number,
): Promise<Figures> {
  const [values, peers]: [number[], number[]] = [[], []];
  for (let done = 0; done < runs; done++) {
    peers.push(await importTime(bundles.peer));
    values.push(await importTime(bundles.subject));
  }
  return { value: lowerQuartile(values), peer: lowerQuartile(peers) };
}

/** In this process's own version of Node. Only those variables: a compile cache would hide the parsing. */
async function importTime(bundle: string): Promise<number> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [importOnce, bundle], {
    env: functionEnvironment,
  });
  return Number.parseFloat(stdout);
}
