import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DynamodbFault, type DynamodbFaultKind } from '../../../adapters/dynamodb-fault.ts';
import { keyAttributes, pointerKey, recordKey } from '../../../adapters/dynamodb-layout.ts';
import { readPointer } from '../../../adapters/dynamodb-pointer.ts';
import { createDynamodbRegistry } from '../../../adapters/dynamodb-registry.ts';
import type { RegistryDocument } from '../../../core/registry/model.ts';
import { aDynamodb, type WatchedDynamodb } from '../../builders/dynamodb.ts';
import { aLog, someCounters } from '../../builders/ports.ts';
import { aDatabase, aUser } from '../../builders/registry.ts';
import { aCompiledRegistry } from '../../builders/registry-files.ts';

const unavailable = { code: 'UPSTREAM_UNAVAILABLE', reason: 'registry-unavailable' };

/** A database that needs several items: 3,000 users, with characters that UTF-8 makes longer. */
const large = aDatabase({
  name: 'large',
  users: Array.from({ length: 3_000 }, (_, at) => aUser({ name: `ü_${at}` })),
});
const document: RegistryDocument = {
  ...aCompiledRegistry(),
  version: 'v',
  databases: [aDatabase(), large],
};

let dynamodb: WatchedDynamodb;
beforeEach(async () => {
  dynamodb = await aDynamodb();
  await dynamodb.publish(document);
});
afterEach(() => dynamodb.close());

function aStore() {
  const [log, counters] = [aLog(), someCounters()];
  const { table, clock } = dynamodb;
  const store = createDynamodbRegistry({ table, clock, log, counters, maxRecords: 50 });
  const vend = (database = 'orders') => store.slice({ memberKeys: [], database });
  const faults = () => log.entries.map(({ fields }) => fields.fault);
  return { store, log, counters, vend, faults };
}

const fail = (kind: DynamodbFaultKind) => () => {
  throw new DynamodbFault(kind);
};

describe('A23: a table that cannot be read', () => {
  it('from the start is unavailable, and asked again after 2 s, not by every request', async () => {
    const { vend, faults } = aStore();
    dynamodb.callsSince();
    dynamodb.interfere(fail('throttled'));

    for (const _ of [1, 2, 3]) await expect(vend()).rejects.toMatchObject(unavailable);
    const calls = dynamodb.callsSince();
    dynamodb.interfere(undefined);
    dynamodb.clock.advance(2);

    expect(calls).toEqual(['GetItem']);
    expect(faults()).toEqual(['throttled']);
    expect((await vend()).version).toBe('v');
  });

  it('any more leaves the last good version in force for 300 s, counted and logged', async () => {
    const { vend, counters, log } = aStore();
    await vend();
    dynamodb.interfere(fail('unreachable'));

    dynamodb.clock.advance(300);
    expect((await vend()).version).toBe('v');
    dynamodb.clock.advance(0.001);
    await expect(vend()).rejects.toMatchObject(unavailable);

    expect(counters.counted).toEqual(['RegistryStale']);
    expect(log.entries[0]).toMatchObject({
      level: 'error',
      code: 'REGISTRY_UNREADABLE',
      fields: { fault: 'unreachable', edition: expect.stringMatching(/^v~/) },
    });
  });

  it('is counted for as long as it lasts, also when nothing is served any more', async () => {
    const { vend, counters } = aStore();
    await vend();
    dynamodb.interfere(fail('unreachable'));

    for (const _ of [1, 2, 3]) {
      dynamodb.clock.advance(400);
      await expect(vend()).rejects.toMatchObject(unavailable);
    }

    expect(counters.counted).toEqual(['RegistryStale', 'RegistryStale', 'RegistryStale']);
  });

  it('but for its pointer is counted as well', async () => {
    const { vend, counters } = aStore();
    dynamodb.interfere(({ command }) =>
      command === 'BatchGetItem' ? fail('refused')() : undefined,
    );

    await expect(vend()).rejects.toMatchObject(unavailable);

    expect(counters.counted).toEqual(['RegistryStale']);
  });

  it('does not make absent what is not in the cache', async () => {
    const { vend } = aStore();
    await vend();
    dynamodb.interfere(fail('unreachable'));

    await expect(vend('large')).rejects.toMatchObject(unavailable);
    dynamodb.interfere(undefined);

    expect((await vend('large')).database?.users).toHaveLength(3_000);
  });

  it('does not end in 300 s where the clock was set back', async () => {
    const { vend } = aStore();
    await vend();
    dynamodb.interfere(fail('unreachable'));

    dynamodb.clock.advance(-3_600);

    await expect(vend()).rejects.toMatchObject(unavailable);
  });
});

describe('A23: a lost or damaged item', () => {
  it('that is the pointer is a fault, not an empty registry', async () => {
    const { vend, faults } = aStore();
    await vend();
    await dynamodb.table.client.send(
      new DeleteItemCommand({ TableName: dynamodb.table.table, Key: keyAttributes(pointerKey) }),
    );
    dynamodb.clock.advance(10);

    expect((await vend()).version).toBe('v');
    dynamodb.clock.advance(300);
    await expect(vend()).rejects.toMatchObject(unavailable);

    expect(faults()).toEqual(['pointer-absent', 'pointer-absent']);
  });

  it.each(['REMOVE suspensions', 'REMOVE revision', 'REMOVE #current'])(
    'that is the pointer after %s is a fault',
    async (UpdateExpression) => {
      const command = new UpdateItemCommand({
        TableName: dynamodb.table.table,
        Key: keyAttributes(pointerKey),
        UpdateExpression,
        ...(UpdateExpression.includes('#') && {
          ExpressionAttributeNames: { '#current': 'current' },
        }),
      });
      await dynamodb.table.client.send(command);
      const { vend, faults } = aStore();

      await expect(vend()).rejects.toMatchObject(unavailable);

      expect(faults()).toEqual(['broken']);
    },
  );

  it('that is a part of a large record is a fault, and not the record’s end', async () => {
    const { current } = await readPointer(dynamodb.table);
    const key = keyAttributes(recordKey(current, 'database', 'large', 1));
    await dynamodb.table.client.send(
      new DeleteItemCommand({ TableName: dynamodb.table.table, Key: key }),
    );
    const { vend, faults } = aStore();

    await expect(vend('large')).rejects.toMatchObject(unavailable);

    expect(faults()).toEqual(['part-missing']);
  });

  it.each([
    ['cut off', '{"kind":"database"'],
    ['another database', JSON.stringify({ kind: 'database', name: 'other', value: aDatabase() })],
    ['a member', JSON.stringify({ kind: 'member', name: 'orders', value: [] })],
  ])('that is %s is a fault', async (_, body) => {
    const { current } = await readPointer(dynamodb.table);
    const key = keyAttributes(recordKey(current, 'database', 'orders'));
    const Item = { ...key, body: { S: body }, parts: { N: '1' } };
    await dynamodb.table.client.send(new PutItemCommand({ TableName: dynamodb.table.table, Item }));
    const { vend, faults } = aStore();

    await expect(vend()).rejects.toMatchObject(unavailable);

    expect(faults()).toEqual(['broken']);
  });
});

describe('A23: keys that DynamoDB leaves out of a batch', () => {
  /** Answers the first `times` batches with nothing but unprocessed keys. */
  function leaveOut(times: number): void {
    let left = times;
    dynamodb.interfere(({ command, input }) => {
      if (command !== 'BatchGetItem' || left-- <= 0) return undefined;
      const { RequestItems } = Object(input);
      const { table } = dynamodb.table;
      return { output: { Responses: { [table]: [] }, UnprocessedKeys: RequestItems } };
    });
  }

  it('are asked for once more', async () => {
    const { vend } = aStore();
    leaveOut(1);

    expect((await vend()).database?.name).toBe('orders');
  });

  it('twice are unreadable, not absent', async () => {
    const { vend, faults } = aStore();
    leaveOut(2);

    await expect(vend()).rejects.toMatchObject(unavailable);

    expect(faults()).toEqual(['unprocessed']);
    expect((await vend()).database?.name).toBe('orders');
  });

  it.each([
    ['no list at all', {}],
    ['a list of another table', { Responses: { other: [] } }],
    ['no object', 'text'],
  ])('or an answer with %s is a fault', async (_, output) => {
    const { vend, faults } = aStore();
    dynamodb.interfere(({ command }) => (command === 'BatchGetItem' ? { output } : undefined));

    await expect(vend()).rejects.toMatchObject(unavailable);

    expect(faults()).toEqual(['broken']);
  });
});

describe('a record larger than an item may be', () => {
  it('is read back exactly', async () => {
    const { vend } = aStore();

    expect((await vend('large')).database).toEqual(large);
  });
});
