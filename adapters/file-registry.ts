import { readFileSync, type Stats, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { VendError } from '../core/errors.ts';
import {
  indexDocument,
  issuerOf,
  listingOf,
  type RegistryIndex,
  sliceOf,
} from '../core/registry/index-document.ts';
import type { RegistryDocument } from '../core/registry/model.ts';
import type { RegistryStore, Suspensions } from '../core/registry/store.ts';
import { type Reading, type SourceFault, type WatchedSource, watch } from './watched-source.ts';

export interface FileRegistryDependencies {
  readonly registry: WatchedSource<RegistryDocument>;
  /** What {@link readFileAhead} has read of it. */
  readonly ahead?: Reading<RegistryDocument> | undefined;
  /** Left out where nothing can be suspended: a registry that is part of its function's package. */
  readonly suspensions?: WatchedSource<Suspensions>;
  readonly clock: () => Date;
  /** Stable codes such as `registry-file-broken`, once for each change; never any content. */
  readonly report: (code: FileRegistryFault) => void;
}

export type FileRegistryFault = `${'registry' | 'suspensions'}-file-${SourceFault}`;

/**
 * A registry in a file, followed while it changes.
 *
 * A registry that can no longer be read stays in force in its last good version. Suspensions do not:
 * behind a file that cannot be read may stand the one name that must not be served, so nothing is. A
 * suspensions file that does not exist holds none.
 */
export function createFileRegistry(deps: FileRegistryDependencies): RegistryStore {
  const { registry, ahead, suspensions, clock, report } = deps;
  const watchRegistry = watch<RegistryIndex>({
    source: {
      fingerprint: () => registry.fingerprint(),
      read: async () => indexDocument(await registry.read()),
    },
    ahead: ahead && { ...ahead, value: indexDocument(ahead.value) },
    clock,
    report: (fault) => report(`registry-file-${fault}`),
  });
  const currentSuspensions = suspensions === undefined ? none : suspended(suspensions, deps);

  const currentIndex = async (): Promise<RegistryIndex> => {
    const { value } = await watchRegistry();
    return value ?? unavailable();
  };
  return {
    slice: async (query) => sliceOf(await currentIndex(), query, await currentSuspensions()),
    issuer: async (url) => issuerOf(await currentIndex(), url, await currentSuspensions()),
    listing: async (query) => listingOf(await currentIndex(), query, await currentSuspensions()),
  };
}

/** A file on disk as a source. `parse` throws on content that it cannot accept. */
export function fileSource<T>(path: string, parse: (text: string) => T): WatchedSource<T> {
  return {
    fingerprint: async () => fingerprintOf(await stat(path)),
    read: async () => parse(await readFile(path, 'utf8')),
  };
}

/**
 * Reads such a file at once, for {@link FileRegistryDependencies.ahead}: in one go, since Lambda's INIT, with
 * its whole CPU, lasts no longer than the loading of the module. `undefined` where it cannot be read: the
 * first request then finds that out, and says so.
 */
export function readFileAhead<T>(path: string, parse: (text: string) => T): Reading<T> | undefined {
  try {
    const fingerprint = fingerprintOf(statSync(path));
    return { fingerprint, value: parse(readFileSync(path, 'utf8')) };
  } catch {
    return undefined;
  }
}

/** With the inode, a file that another replaced is seen; with ctime, one whose mode was mended. */
function fingerprintOf({ mtimeMs, ctimeMs, size, ino }: Stats): string {
  return [mtimeMs, ctimeMs, size, ino].join(' ');
}

const none = (): Promise<Suspensions> => Promise.resolve(new Set());

function suspended(
  source: WatchedSource<Suspensions>,
  { clock, report }: FileRegistryDependencies,
): () => Promise<Suspensions> {
  const look = watch({
    source,
    clock,
    report: (fault) => {
      if (fault !== 'absent') report(`suspensions-file-${fault}`);
    },
  });
  return async () => {
    const { value, fault } = await look();
    if (fault === 'absent') return none();
    return fault === undefined && value !== undefined ? value : unavailable();
  };
}

function unavailable(): never {
  throw new VendError('UPSTREAM_UNAVAILABLE', 'registry-unavailable');
}
