import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The processors that Lambda has, by Node's names and by Lambda's. */
export const architectures = { x64: 'x86_64', arm64: 'arm64' } as const;
export type Architecture = keyof typeof architectures;

/** A Node for Linux, as npm has it. */
export interface NodeRelease {
  readonly architecture: Architecture;
  readonly version: string;
  /** Of the package's tarball, written as in package-lock.json; whatever the registry says meanwhile. */
  readonly integrity: string;
}

/** The Node that a layer brings where the runtime has none: the one that the tests run on. */
export const layerNodes: readonly NodeRelease[] = [
  {
    architecture: 'x64',
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  {
    architecture: 'arm64',
    version: '24.21.0',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
];

const run = promisify(execFile);

/**
 * Fetches Node for Linux, through npm and its settings, unpacks it and gives the binary's path. Nothing
 * of the package is run.
 *
 * @throws Error where the tarball is not the one that the hash is of.
 */
export async function fetchNode(release: NodeRelease, folder: string): Promise<string> {
  const { architecture, version, integrity } = release;
  await mkdir(folder, { recursive: true });
  const spec = `node-linux-${architecture}@${version}`;
  await run('npm', ['pack', spec, '--ignore-scripts', '--silent', '--pack-destination', folder]);
  const tarball = join(folder, `node-linux-${architecture}-${version}.tgz`);
  verify(await readFile(tarball), integrity, spec);
  await run('tar', ['-xzf', tarball, '-C', folder, 'package/bin/node']);
  return join(folder, 'package', 'bin', 'node');
}

/** @throws Error */
export function verify(content: Uint8Array, expected: string, name: string): void {
  const actual = `sha512-${createHash('sha512').update(content).digest('base64')}`;
  if (actual !== expected) throw new Error(`${name} does not have the hash that is pinned for it.`);
}
