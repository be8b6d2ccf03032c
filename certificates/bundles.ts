import { createHash } from 'node:crypto';
import { Refusal } from './refusal.ts';
import { globalBundle, globalRegions, sourceBundles } from './regions.ts';
import { parseRoots, type Root } from './root.ts';

/** Roots by bundle name, without `global`. */
export type Bundles = ReadonlyMap<string, readonly Root[]>;

/** Puts every root into the bundle that its name says. */
export function groupRoots(roots: readonly Root[]): Bundles {
  const bundles = new Map<string, Root[]>();
  for (const root of roots) bundles.set(root.bundle, [...(bundles.get(root.bundle) ?? []), root]);
  return bundles;
}

/**
 * The bundles on board, from their PEM files, without roots that have expired since.
 *
 * @throws Refusal as `parseRoots`.
 */
export function readBundles(read: (file: string) => string | undefined, now: Date): Bundles {
  const bundles = new Map<string, readonly Root[]>();
  for (const name of sourceBundles) {
    const text = read(`${name}.pem`);
    if (text !== undefined) bundles.set(name, parseRoots(text, now));
  }
  return bundles;
}

/**
 * The files of a set of bundles: a PEM for each, `global.pem` where a commercial region is among
 * them, and `index.json`. The same roots give the same bytes.
 *
 * @throws Refusal `bundle-empty` when the last root of a bundle has expired.
 */
export function renderFiles(bundles: Bundles): ReadonlyMap<string, string> {
  const sorted = [...bundles, ...globalOf(bundles)]
    .map(([name, roots]) => [name, inOrder(name, roots)] as const)
    .sort(([a], [b]) => compare(a, b));
  const files = new Map(sorted.map(([name, roots]) => [`${name}.pem`, pemOf(roots)]));
  const index = Object.fromEntries(sorted.map(([name, roots]) => [name, entryOf(roots)]));
  return files.set('index.json', `${JSON.stringify({ bundles: index }, null, 2)}\n`);
}

function globalOf(bundles: Bundles): Bundles {
  const roots = globalRegions.flatMap((region) => bundles.get(region) ?? []);
  return roots.length === 0 ? new Map() : new Map([[globalBundle, roots]]);
}

function inOrder(name: string, roots: readonly Root[]): readonly Root[] {
  if (roots.length === 0)
    throw new Refusal(
      'bundle-empty',
      `${name}: no valid root is left; renew it, or delete its file`,
    );
  const distinct = new Map(roots.map((root) => [root.fingerprint256, root]));
  return [...distinct.values()].sort(
    (a, b) => compare(a.subject, b.subject) || compare(a.fingerprint256, b.fingerprint256),
  );
}

/** By code unit: the order must not depend on the machine's language. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Nothing but PEM blocks, as AWS publishes them: what is known of each root stands in the index. */
function pemOf(roots: readonly Root[]): string {
  return roots.map(({ pem }) => pem).join('');
}

function entryOf(roots: readonly Root[]): object {
  return {
    sha256: createHash('sha256').update(pemOf(roots)).digest('hex'),
    roots: roots.map(({ subject, fingerprint256, notAfter, keyAlgorithm }) => ({
      subject,
      fingerprint256,
      notAfter: notAfter.toISOString(),
      keyAlgorithm,
    })),
  };
}
