import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDynamodbRegistry } from '../../../adapters/dynamodb-registry.ts';
import { keyOfMember } from '../../../core/registry/member-keys.ts';
import type { RegistryDocument } from '../../../core/registry/model.ts';
import { resumeEntry, suspendEntry } from '../../../operator/suspend-entry.ts';
import { aDynamodb, type WatchedDynamodb } from '../../builders/dynamodb.ts';
import { aLog, someCounters } from '../../builders/ports.ts';
import { aDatabase, aMember } from '../../builders/registry.ts';
import { aCompiledRegistry } from '../../builders/registry-files.ts';

const base = aCompiledRegistry();
const key = keyOfMember(aMember());
const first: RegistryDocument = {
  ...base,
  version: 'first',
  members: [aMember()],
  databases: [aDatabase(), aDatabase({ name: 'ledger' })],
};
const second: RegistryDocument = { ...first, version: 'second', members: [] };

let dynamodb: WatchedDynamodb;
beforeEach(async () => {
  dynamodb = await aDynamodb();
  await dynamodb.publish(first);
  dynamodb.callsSince();
});
afterEach(() => dynamodb.close());

function aStore() {
  const [log, counters] = [aLog(), someCounters()];
  const { table, clock } = dynamodb;
  const store = createDynamodbRegistry({ table, clock, log, counters, maxRecords: 50 });
  const vend = (database = 'orders') => store.slice({ memberKeys: [key], database });
  return { store, log, counters, vend };
}

describe('a vend', () => {
  it('costs the pointer and one batch at first, and then nothing', async () => {
    const { vend } = aStore();

    await vend();
    const cold = dynamodb.callsSince();
    await vend();

    expect(cold).toEqual(['GetItem', 'BatchGetItem']);
    expect(dynamodb.callsSince()).toEqual([]);
  });

  it('costs one batch for another database, in which the caller is not read again', async () => {
    const { vend } = aStore();
    await vend();
    dynamodb.callsSince();

    await vend('ledger');

    expect(dynamodb.callsSince()).toEqual(['BatchGetItem']);
    expect(dynamodb.calls.at(-1)?.input).toMatchObject({
      RequestItems: { [dynamodb.table.table]: { Keys: [expect.anything()] } },
    });
  });

  it('for what does not exist costs nothing the second time either', async () => {
    const { vend } = aStore();
    await vend('nothing');
    dynamodb.callsSince();

    await vend('nothing');

    expect(dynamodb.callsSince()).toEqual([]);
  });

  it('A24: for a hundred invented databases leaves what others use in the cache', async () => {
    const { vend } = aStore();
    await vend();
    for (let at = 0; at < 100; at++) await vend(`invented-${at}`);
    dynamodb.callsSince();

    await vend();

    expect(dynamodb.callsSince()).toEqual([]);
  });

  it('A24: does not remember invented issuers by names that would fill the memory', async () => {
    const { store } = aStore();
    const invented = `https://${'x'.repeat(1_024)}.example`;
    await store.issuer(invented);
    dynamodb.callsSince();

    const found = await store.issuer(invented);

    expect(found).toEqual({ found: false, reason: 'issuer-unknown' });
    expect(dynamodb.callsSince()).toEqual(['BatchGetItem']);
  });

  it('looks at the pointer every 10 s at most, and goes on with what it knows', async () => {
    const { vend } = aStore();
    await vend();
    dynamodb.callsSince();

    dynamodb.clock.advance(9.9);
    await vend();
    const before = dynamodb.callsSince();
    dynamodb.clock.advance(0.1);
    await Promise.all([vend(), vend(), vend()]);

    expect(before).toEqual([]);
    expect(dynamodb.callsSince()).toEqual(['GetItem']);
  });
});

describe('a version that is published', () => {
  it('is in force 10 s later, as a whole', async () => {
    const { vend } = aStore();
    await vend();
    await dynamodb.publish(second);

    dynamodb.clock.advance(10);

    expect(await vend()).toMatchObject({ version: 'second', members: [] });
  });

  it('A23: takes away at once what it takes away, even where its records cannot be read', async () => {
    const { vend } = aStore();
    await vend();
    await dynamodb.publish(second);
    dynamodb.clock.advance(10);
    dynamodb.interfere(({ command }) => {
      if (command === 'BatchGetItem') throw new Error('unreachable');
      return undefined;
    });

    await expect(vend()).rejects.toMatchObject({ reason: 'registry-unavailable' });
  });
});

describe('a suspension', () => {
  it('counts within 15 s, survives a publish, and ends when it is lifted', async () => {
    const { vend } = aStore();
    const suspended = async () => {
      dynamodb.clock.advance(10);
      return [...(await vend()).suspensions];
    };
    await vend();

    await suspendEntry('team/payments', 'a leaked key', dynamodb.operator);
    const soon = await suspended();
    await dynamodb.publish(second);
    const published = await suspended();
    await resumeEntry('team/payments', 'rotated', dynamodb.operator);

    expect(soon).toEqual(['team/payments']);
    expect(published).toEqual(['team/payments']);
    expect(await suspended()).toEqual([]);
  });
});
