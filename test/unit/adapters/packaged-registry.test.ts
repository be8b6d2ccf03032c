import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packagedRegistry } from '../../../adapters/packaged-registry.ts';
import { aClock } from '../../builders/clock.ts';
import { aLog } from '../../builders/ports.ts';
import { aCompiledRegistry, withUser } from '../../builders/registry-files.ts';

const first = aCompiledRegistry();
const second = aCompiledRegistry(withUser('orders_read'));

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-registry-'));
  file = join(folder, 'registry.json');
});
afterEach(() => rm(folder, { recursive: true }));

function opened() {
  const [log, clock] = [aLog(), aClock()];
  const store = packagedRegistry(file, { clock, log });
  return { log, clock, version: async () => (await store.slice({ memberKeys: [] })).version };
}

describe('a packaged registry', () => {
  it('is read when it is opened, and not by the first request', async () => {
    await writeFile(file, JSON.stringify(first));
    const { version } = opened();
    await rm(file);

    expect(await version()).toBe(first.version);
  });

  it('is read again where it has changed before the first request', async () => {
    await writeFile(file, JSON.stringify(first));
    const { version } = opened();
    await rm(file);
    await writeFile(file, JSON.stringify(second));

    expect(await version()).toBe(second.version);
  });

  it.each([
    ['absent', undefined],
    ['broken', '{'],
  ])('that is %s is no fault before the first request', async (kind, text) => {
    if (text !== undefined) await writeFile(file, text);

    const { log, version } = opened();

    expect(log.entries).toEqual([]);
    await expect(version()).rejects.toMatchObject({ reason: 'registry-unavailable' });
    expect(log.entries).toEqual([
      { level: 'error', code: 'REGISTRY_REJECTED', fields: { fault: `registry-file-${kind}` } },
    ]);
  });

  it('is found once it is there, although it was not when it was opened', async () => {
    const { clock, version } = opened();
    await expect(version()).rejects.toMatchObject({ reason: 'registry-unavailable' });

    await writeFile(file, JSON.stringify(first));
    clock.advance(1);

    expect(await version()).toBe(first.version);
  });
});
