import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fetchNode, type NodeRelease } from '../../build/node-binary.ts';
import { root } from './pack.ts';

/** A Node that the package has to run on, and the version that it says it is. */
export interface TestedNode {
  readonly version: string;
  readonly binary: string;
}

/**
 * Where `engines` begins in each line, or the first release after it that npm has for the processor: the
 * versions on which something that we use is missing first. Not the machine's own Node, which is another
 * one everywhere.
 */
export const oldestReleases: readonly NodeRelease[] = [
  {
    architecture: 'x64',
    version: '20.16.0',
    integrity:
      'sha512-9hHrm7duwroxpeT7PvtCEDFszRbnZUbuY/MhD2/PpyhwSwEGjWIUtT4UUmZuSmWqeYynwodTzZxvsx4lB6CnrA==',
  },
  {
    architecture: 'x64',
    version: '22.3.0',
    integrity:
      'sha512-11bOD0hmsdbtcmnMb2YiqgbEIMBfIrytQtgkkz2mNyZAob/0qf7MGJf0/QSdz1lUbN2P+5K949rhHF8UGSo74w==',
  },
  {
    architecture: 'arm64',
    version: '20.18.0',
    integrity:
      'sha512-Mf1IB4Atgk3YtpOzriZKm6jEAE93Or551twUqLoBsfbjmYA1RUZUWxfst2bA5XR/73s6iZJfu1U+usVezEtcJg==',
  },
  {
    architecture: 'arm64',
    version: '22.10.0',
    integrity:
      'sha512-ig8hHQD94Drb7S4J04WXWeRKg4boHmYYw5dHf/gjN+juq514JuYFI8M9VDC8mYkcsD0xShRlLTb3NnDcgr7oxw==',
  },
];

/** The oldest Node of each line, fetched once into `.local`, and the one that this project runs on. */
export async function testedNodes(): Promise<readonly TestedNode[]> {
  const own = { version: process.versions.node, binary: process.execPath };
  const releases = oldestReleases.filter(({ architecture }) => architecture === process.arch);
  if (process.platform !== 'linux' || releases.length === 0) {
    throw new Error(`No old Node is pinned for ${process.platform} on ${process.arch}.`);
  }
  return [...(await Promise.all(releases.map(fetchOnce))), own];
}

async function fetchOnce(release: NodeRelease): Promise<TestedNode> {
  const { architecture, version } = release;
  const folder = join(root, '.local', 'nodes', `${architecture}-${version}`);
  const binary = join(folder, 'package', 'bin', 'node');
  const isThere = await access(binary).then(
    () => true,
    () => false,
  );
  if (!isThere) await fetchWhole(release, folder);
  return { version, binary };
}

/** A fetch that was cut off must not look like a Node: the folder gets its name when all is in it. */
async function fetchWhole(release: NodeRelease, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  await fetchNode(release, unfinished);
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
}
