import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileRegistry, fileSource } from '../../../adapters/file-registry.ts';
import type { WatchedSource } from '../../../adapters/watched-source.ts';
import { parseDocument } from '../../../core/registry/document.ts';
import type { RegistryDocument } from '../../../core/registry/model.ts';
import { parseSuspensions } from '../../../core/registry/suspensions.ts';
import { aClock } from '../../builders/clock.ts';
import { aCompiledRegistry, withUser } from '../../builders/registry-files.ts';

const unavailable = { code: 'UPSTREAM_UNAVAILABLE', reason: 'registry-unavailable' };
const first = aCompiledRegistry();
const second = aCompiledRegistry(withUser('orders_read'));

let folder: string;
let file: string;
let suspensionsFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-registry-'));
  file = join(folder, 'registry.json');
  suspensionsFile = join(folder, 'suspensions.json');
});
afterEach(() => rm(folder, { recursive: true }));

/** A registry over real files, whose clock stands still until it is told to go on. */
function aFileRegistry(parts: { readonly suspensions?: boolean } = {}) {
  const reports: string[] = [];
  const clock = aClock();
  const store = createFileRegistry({
    registry: fileSource(file, parseDocument),
    ...(parts.suspensions ? { suspensions: fileSource(suspensionsFile, parseSuspensions) } : {}),
    clock,
    report: (code) => reports.push(code),
  });
  return {
    store,
    reports,
    afterMs: (ms: number) => clock.advance(ms / 1000),
    version: async () => (await store.slice({ memberKeys: [] })).version,
    suspended: async () => [...(await store.slice({ memberKeys: [] })).suspensions],
  };
}

const publish = (document: RegistryDocument) => writeFile(file, JSON.stringify(document));
const suspend = (text: string) => writeFile(suspensionsFile, text);

describe('a registry in a file', () => {
  it('answers from what the file says', async () => {
    await publish(first);
    const { store } = aFileRegistry();

    const slice = await store.slice({ memberKeys: [], database: 'orders' });
    const { databasesOf } = await store.listing({ memberKeys: [] });
    const { databases } = await databasesOf({ grantees: ['payments'], limit: 5 });
    const issuer = await store.issuer('https://token.actions.githubusercontent.com');

    expect(slice).toMatchObject({ version: first.version, database: { name: 'orders' } });
    expect(databases).toHaveLength(1);
    expect(issuer).toMatchObject({ found: true, issuer: { name: 'github' } });
  });

  it('A23: lists from the version that the members were read from', async () => {
    await publish(first);
    const { store, version, afterMs } = aFileRegistry();
    const listing = await store.listing({ memberKeys: [] });
    await publish({ ...first, version: 'emptied', databases: [] });
    afterMs(1_000);

    const { databases } = await listing.databasesOf({ grantees: ['payments'], limit: 5 });

    expect(await version()).toBe('emptied');
    expect(databases).toHaveLength(1);
  });

  it('follows a change, a second later', async () => {
    await publish(first);
    const { version, afterMs } = aFileRegistry();
    await version();
    await publish(second);

    afterMs(999);
    expect(await version()).toBe(first.version);
    afterMs(1);
    expect(await version()).toBe(second.version);
  });

  it('follows a change of the same length and age, made by replacing the file', async () => {
    await publish(first);
    const { version, afterMs } = aFileRegistry();
    await version();
    const replacement = join(folder, 'next.json');
    await writeFile(
      replacement,
      JSON.stringify({ ...first, version: first.version.replace(/.$/, 'x') }),
    );
    await rename(replacement, file);

    afterMs(1_000);

    expect(await version()).toMatch(/x$/);
  });

  it('looks again after the clock was set back', async () => {
    await publish(first);
    const { version, afterMs } = aFileRegistry();
    afterMs(3_600_000);
    await version();
    await publish(second);

    afterMs(-1_800_000);

    expect(await version()).toBe(second.version);
  });
});

describe('A23: a registry that cannot be read', () => {
  it.each([
    ['absent', async () => {}],
    ['broken', () => writeFile(file, '{"version":"v')],
    ['broken', () => writeFile(file, '{}')],
  ])('from the start is unavailable, and reported as %s once', async (fault, prepare) => {
    await prepare();
    const { store, reports, afterMs } = aFileRegistry();

    await expect(store.slice({ memberKeys: [] })).rejects.toMatchObject(unavailable);
    await expect(store.issuer('https://a.example')).rejects.toMatchObject(unavailable);
    await expect(store.listing({ memberKeys: [] })).rejects.toMatchObject(unavailable);
    afterMs(1_000);
    await expect(store.slice({ memberKeys: [] })).rejects.toMatchObject(unavailable);

    expect(reports).toEqual([`registry-file-${fault}`]);
  });

  it('is served as soon as it can be', async () => {
    const { store, version, afterMs } = aFileRegistry();
    await expect(store.slice({ memberKeys: [] })).rejects.toMatchObject(unavailable);
    await publish(first);

    afterMs(1_000);

    expect(await version()).toBe(first.version);
  });

  it.each([
    ['absent', () => rm(file)],
    ['broken', () => writeFile(file, 'version: 1')],
    [
      'unreadable',
      async () => {
        await rm(file);
        await mkdir(file);
      },
    ],
  ])('any more, being %s, stays in force in its last good version', async (fault, ruin) => {
    await publish(first);
    const { version, reports, afterMs } = aFileRegistry();
    await version();
    await ruin();

    afterMs(1_000);
    const versions = [await version()];
    afterMs(1_000);
    versions.push(await version());

    expect(versions).toEqual([first.version, first.version]);
    expect(reports).toEqual([`registry-file-${fault}`]);
  });

  it('is reported again after it was mended and broke anew', async () => {
    await publish(first);
    const { version, reports, afterMs } = aFileRegistry();
    for (const text of ['broken', JSON.stringify(second), 'broken again']) {
      await writeFile(file, text);
      afterMs(1_000);
      await version().catch(() => undefined);
    }

    expect(reports).toEqual(['registry-file-broken', 'registry-file-broken']);
  });
});

describe('A23: suspensions', () => {
  beforeEach(() => publish(first));

  it('are none where there is no file', async () => {
    const { suspended, reports } = aFileRegistry({ suspensions: true });

    expect(await suspended()).toEqual([]);
    expect(reports).toEqual([]);
  });

  it('count within a second', async () => {
    const { store, suspended, afterMs } = aFileRegistry({ suspensions: true });
    await suspended();
    await suspend('["issuer/github"]');

    afterMs(1_000);

    expect(await suspended()).toEqual(['issuer/github']);
    expect(await store.issuer('https://token.actions.githubusercontent.com')).toEqual({
      found: false,
      reason: 'issuer-suspended',
    });
  });

  it.each([
    ['cut off', '["team/payments"'],
    ['of an unknown kind', '["teams/payments"]'],
    ['empty as a file', ''],
  ])('that are %s stop vending, even where there were none before', async (_, text) => {
    const { store, suspended, reports, afterMs } = aFileRegistry({ suspensions: true });
    await suspended();
    await suspend(text);

    afterMs(1_000);

    await expect(store.slice({ memberKeys: [] })).rejects.toMatchObject(unavailable);
    expect(reports).toEqual(['suspensions-file-broken']);
  });

  it('that cannot be read for their mode are not taken for none', async () => {
    await suspend('[]');
    const denied = Object.assign(new Error('denied'), { code: 'EACCES', syscall: 'open' });
    const source: WatchedSource<ReadonlySet<string>> = {
      ...fileSource(suspensionsFile, parseSuspensions),
      read: () => Promise.reject(denied),
    };
    const reports: string[] = [];
    const store = createFileRegistry({
      registry: fileSource(file, parseDocument),
      suspensions: source,
      clock: aClock(),
      report: (code) => reports.push(code),
    });

    await expect(store.slice({ memberKeys: [] })).rejects.toMatchObject(unavailable);
    expect(reports).toEqual(['suspensions-file-unreadable']);
  });

  it('are served again when only the mode of the file changed', async () => {
    await suspend('["team/payments"]');
    const { suspended, afterMs } = aFileRegistry({ suspensions: true });
    await suspended();
    await chmod(suspensionsFile, 0o600);

    afterMs(1_000);

    expect(await suspended()).toEqual(['team/payments']);
  });
});
