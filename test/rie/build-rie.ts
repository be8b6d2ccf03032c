import { execFile } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Its releases' tags are no Go versions (`v1.35`), so that a commit has to do. */
const commit = '4fa2157';

const program = 'github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie';

/**
 * The path of the Runtime Interface Emulator, built once from its source and kept under `.local/bin`.
 * Go's checksum database vouches for the source.
 *
 * @throws Error when there is no Go, or its module proxy does not have the source.
 */
export async function buildRie(): Promise<string> {
  const folder = fileURLToPath(new URL(`../../../.local/bin/rie-${commit}/`, import.meta.url));
  const path = join(folder, 'aws-lambda-rie');
  if (await exists(path)) return path;
  await mkdir(folder, { recursive: true });
  await promisify(execFile)('go', ['install', `${program}@${commit}`], {
    env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
  });
  return path;
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
