import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VendError } from '../core/errors.ts';
import { namePattern } from '../core/name.ts';
import type { CaBundle } from '../core/vend-answer.ts';

/** The CA bundles on board. */
export interface CaBundles {
  /**
   * The bundle of that name, or `undefined` when none is on board.
   *
   * @throws VendError `INTERNAL` (`ca-bundle-missing`) when it should be on board, but
   *   its file is not readable or not the one that the index was made for.
   */
  find(name: string): CaBundle | undefined;
  /** Sorted as in the index. */
  names(): readonly string[];
}

/**
 * Serves the bundles of a folder: `index.json` and one PEM file for each name in it. The index is
 * read at once; a bundle when it is first asked for, and then kept, since a function serves few.
 *
 * @throws Error when the index cannot be read or is malformed: nothing can be vended without it.
 */
export function createCaBundles(options: {
  readonly directory: string;
  /** For tests; by default the file system. */
  readonly read?: (path: string) => string;
}): CaBundles {
  const { directory, read = (path) => readFileSync(path, 'utf8') } = options;
  const hashes = parseIndex(JSON.parse(read(join(directory, 'index.json'))));
  const loaded = new Map<string, CaBundle>();
  return {
    find(name) {
      const sha256 = hashes.get(name);
      if (sha256 === undefined) return undefined;
      const bundle = loaded.get(name) ?? load(read, join(directory, `${name}.pem`), name, sha256);
      loaded.set(name, bundle);
      return bundle;
    },
    names: () => [...hashes.keys()],
  };
}

/** What an operator should read where a database's bundle is not on board. */
export function missingBundleMessage(name: string): string {
  return (
    `No CA bundle for ${name} is on board, so no token is vended for databases there. ` +
    `Run "node certificates/update.ts ${name}", review and commit certificates/, and deploy ` +
    '(docs/certificates.md).'
  );
}

function load(
  read: (path: string) => string,
  path: string,
  name: string,
  sha256: string,
): CaBundle {
  const pem = readOrUndefined(read, path);
  if (pem === undefined || createHash('sha256').update(pem).digest('hex') !== sha256) {
    throw new VendError('INTERNAL', 'ca-bundle-missing');
  }
  return { name, sha256, pem };
}

function readOrUndefined(read: (path: string) => string, path: string): string | undefined {
  try {
    return read(path);
  } catch {
    return undefined;
  }
}

const sha256Pattern = /^[0-9a-f]{64}$/;

/** SHA-256 by bundle name; a Map, because an object also answers to `constructor`. */
function parseIndex(index: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(recordOf(recordOf(index).bundles));
  return new Map(
    entries.map(([name, entry]) => {
      const { sha256 } = recordOf(entry);
      const valid = typeof sha256 === 'string' && sha256Pattern.test(sha256);
      // Names become file names: with this pattern, none leaves the folder.
      if (!valid || !namePattern.test(name)) throw new Error('malformed CA bundle index');
      return [name, sha256];
    }),
  );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error('malformed CA bundle index');
  return { ...value };
}
