import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type BundledPackage, bundledPackages } from './bundled-packages.ts';
import { licenceText } from './licence-texts.ts';
import { requireAllowed } from './licences.ts';

/** The file's name, beside every bundle that leaves this repository. */
export const noticesName = 'THIRD-PARTY-LICENSES.txt';

/** What to write notices of, and where to. Paths are absolute. */
export interface NoticesRequest {
  /** Folder that the paths in the metafiles are relative to. */
  readonly root: string;
  /** esbuild's accounts of the bundles that the file is for. */
  readonly metafiles: readonly string[];
  readonly outfile: string;
}

/**
 * Writes what the licences of bundled packages ask to be passed on: a list, and each text once.
 * Rejects where a licence is not one that allows us to publish, or its text is missing.
 */
export async function writeNotices({ root, metafiles, outfile }: NoticesRequest): Promise<void> {
  const packages = await bundledPackages(root, metafiles);
  requireAllowed(packages);
  const texts = await Promise.all(packages.map((one) => licenceText(root, one)));
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, notices(packages, texts));
}

function notices(packages: readonly BundledPackage[], texts: readonly string[]): string {
  const owners = new Map<string, string[]>();
  for (const [index, text] of texts.entries()) {
    const owner = packages[index]?.name ?? '';
    owners.set(text, [...(owners.get(text) ?? []), owner]);
  }
  const list = packages.map(({ name, version, licence }) => `  ${name} ${version} (${licence})`);
  const sections = [...owners].map(([text, names]) => `${rule}\n${names.join(', ')}\n\n${text}\n`);
  const head =
    packages.length === 0 ? 'No packages of others.' : 'Contains parts of these packages:';
  return `${[head, ...list].join('\n')}\n\n${sections.join('\n')}`;
}

const rule = '-'.repeat(80);
