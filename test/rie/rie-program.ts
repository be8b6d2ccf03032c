import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** The file, by Node's name of the processor, in the SAM CLI that test/infra/requirements.txt pins. */
const builds = new Map([
  [
    'x64',
    {
      file: 'aws-lambda-rie-x86_64',
      sha256: '6b1e686e62ab2baf5759c412c4864276ef2a88b094fca53ec070637ccba9b9a5',
    },
  ],
  [
    'arm64',
    {
      file: 'aws-lambda-rie-arm64',
      sha256: 'ec2e5d09633d853834c008b1ef264bf834b258a94d551d2b2074966494b39a21',
    },
  ],
]);

/**
 * The path of AWS's Runtime Interface Emulator, as the SAM CLI carries it. Installs that where it is
 * missing.
 *
 * @throws Error where it cannot run or cannot be had, or is another than the tables were held against.
 */
export async function rieProgram(): Promise<string> {
  await mayUnshare();
  await run(join(root, 'test/infra/install.sh'));
  const { file, sha256 } = buildFor(process.arch);
  const path = await inSamCli(file);
  const found = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  if (found !== sha256) throw new Error(`${path} is another RIE than the one that is known`);
  return path;
}

/** It looks for extensions in `/opt/extensions` alone, and needs an `/opt` of its own. */
async function mayUnshare(): Promise<void> {
  await run('unshare', [...namespaces, 'mount', '-t', 'tmpfs', 'none', '/opt']).catch(() => {
    throw new Error(
      'the RIE runs in namespaces of its own: be root, on a Linux that allows unshare',
    );
  });
}

/** For `unshare`: a mount namespace, and one of processes, in which all end with the first. */
export const namespaces = ['--mount', '--pid', '--fork', '--kill-child=SIGKILL'] as const;

function buildFor(architecture: string): { readonly file: string; readonly sha256: string } {
  const build = builds.get(architecture);
  if (build === undefined) throw new Error(`there is no RIE for ${architecture}`);
  return build;
}

/** Python's version is in the path. */
async function inSamCli(file: string): Promise<string> {
  const packages = `.local/venv/lib/python3*/site-packages/samcli/local/rapid/${file}`;
  for await (const path of glob(packages, { cwd: root })) return join(root, path);
  throw new Error(`the SAM CLI has no ${file}`);
}
