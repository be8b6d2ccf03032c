import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyAttributes, recordKey } from '../../../adapters/dynamodb-layout.ts';
import { readPointer } from '../../../adapters/dynamodb-pointer.ts';
import { createDynamodbRegistry } from '../../../adapters/dynamodb-registry.ts';

import type { RegistryDocument } from '../../../core/registry/model.ts';
import { publishRegistry } from '../../../operator/publish-registry.ts';
import { listVersions } from '../../../operator/registry-versions.ts';
import {
  aDynamodb,
  anSdkError,
  loseTheAnswer,
  type WatchedDynamodb,
} from '../../builders/dynamodb.ts';
import { aLog, someCounters } from '../../builders/ports.ts';
import { aDatabase, aMember } from '../../builders/registry.ts';
import { aCompiledRegistry } from '../../builders/registry-files.ts';

const base = aCompiledRegistry();

/** Three batches of writes. */
const aDocument = (version: string): RegistryDocument => ({
  ...base,
  version,
  members: [aMember({ name: version })],
  databases: Array.from({ length: 60 }, (_, at) => aDatabase({ name: `${version}-${at}` })),
});
const [first, second] = [aDocument('first'), aDocument('second')];

let dynamodb: WatchedDynamodb;
beforeEach(async () => {
  dynamodb = await aDynamodb();
});
afterEach(() => dynamodb.close());

/** What a new execution environment finds in force: a version, and all of its databases. */
async function inForce() {
  const { table, clock } = dynamodb;
  const ports = { log: aLog(), counters: someCounters() };
  const store = createDynamodbRegistry({ table, clock, ...ports, maxRecords: 500 });
  const { version, databasesOf } = await store.listing({ memberKeys: [] });
  const { databases } = await databasesOf({ grantees: ['payments'], limit: 100 });
  return { version, whole: databases.filter(({ name }) => name.startsWith(version)).length === 60 };
}

const isWrite = (command: string): boolean => /Write|Put|Update|Delete/.test(command);

/** Makes the write with this number, and each after it, fail before it has reached the table. */
function killAtWrite(number: number): void {
  let writes = 0;
  dynamodb.interfere(({ command }) => {
    if (!isWrite(command)) return undefined;
    writes += 1;
    if (writes >= number) throw anSdkError('Killed');
    return undefined;
  });
}

describe('publishing', () => {
  it('puts a registry in force, and says what it did', async () => {
    const progress: unknown[] = [];

    const published = await publishRegistry(first, dynamodb.operator, {
      step: (text) => progress.push(text),
      count: (done, all) => progress.push(`${done}/${all}`),
    });

    expect(published).toEqual({
      version: 'first',
      written: 65,
      items: 65,
      moved: true,
      first: true,
    });
    expect(progress).toEqual([
      'looking for what is there already',
      '25/65',
      '50/65',
      '65/65',
      'reading back what the table holds',
    ]);
    expect(await inForce()).toEqual({ version: 'first', whole: true });
  });

  it('of what is in force already writes nothing and moves nothing', async () => {
    await dynamodb.publish(first);

    expect(await dynamodb.publish(first)).toMatchObject({ written: 0, moved: false });
  });

  it('of the version before makes it current again, without writing it anew', async () => {
    await dynamodb.publish(first);
    await dynamodb.publish(second);

    expect(await dynamodb.publish(first)).toMatchObject({ written: 0, moved: true, first: false });
    expect(await inForce()).toEqual({ version: 'first', whole: true });
  });

  it('mends what is in force where an item was lost', async () => {
    await dynamodb.publish(first);
    const { current } = await readPointer(dynamodb.table);
    const Key = keyAttributes(recordKey(current, 'database', 'first-7'));
    const TableName = dynamodb.table.table;
    await dynamodb.table.client.send(new DeleteItemCommand({ TableName, Key }));

    expect(await dynamodb.publish(first)).toMatchObject({ written: 1, moved: false });
    expect(await inForce()).toEqual({ version: 'first', whole: true });
  });

  it('refuses a version that cannot be part of a key', async () => {
    await expect(dynamodb.publish({ ...first, version: 'a/b' })).rejects.toMatchObject({
      code: 'input-invalid',
    });
  });

  it('writes again what DynamoDB left out, and gives up when it always does', async () => {
    let left = 2;
    const leaveOut = (input: unknown) => ({
      output: { UnprocessedItems: Object(input).RequestItems },
    });
    dynamodb.interfere(({ command, input }) =>
      command === 'BatchWriteItem' && left-- > 0 ? leaveOut(input) : undefined,
    );
    await dynamodb.publish(first);
    expect(await inForce()).toEqual({ version: 'first', whole: true });

    left = Number.POSITIVE_INFINITY;

    await expect(dynamodb.publish(second)).rejects.toMatchObject({ kind: 'unprocessed' });
    expect(await inForce()).toEqual({ version: 'first', whole: true });
  });

  it('moves nothing where what it reads back is not what it wrote', async () => {
    await dynamodb.publish(first);
    let batches = 0;
    dynamodb.interfere(({ command }) => {
      if (command !== 'BatchWriteItem') return undefined;
      batches += 1;
      return batches === 2 ? { output: {} } : undefined;
    });

    await expect(dynamodb.publish(second)).rejects.toMatchObject({ code: 'table-unsound' });
    expect(await inForce()).toEqual({ version: 'first', whole: true });
  });
});

describe('a publish that is killed', () => {
  // The catalogue's entry, three batches, the entry's state, the pointer.
  it.each([1, 2, 3, 4, 5, 6])(
    'at write %i leaves the version before whole, and is taken up by the next run',
    async (write) => {
      await dynamodb.publish(first);
      killAtWrite(write);

      await expect(dynamodb.publish(second)).rejects.toMatchObject({ kind: 'unreachable' });
      dynamodb.interfere(undefined);
      const meanwhile = await inForce();
      const { written } = await dynamodb.publish(second);

      expect(meanwhile).toEqual({ version: 'first', whole: true });
      expect(await inForce()).toEqual({ version: 'second', whole: true });
      expect(written).toBe([65, 65, 40, 15, 0, 0][write - 1]);
      expect(await listVersions(dynamodb.table)).toHaveLength(2);
    },
  );

  it('keeps who began and when, beside who finished it and when', async () => {
    const clerk = { ...dynamodb.operator, by: 'os:clerk' };
    killAtWrite(3);
    await expect(publishRegistry(first, clerk)).rejects.toMatchObject({ kind: 'unreachable' });
    dynamodb.interfere(undefined);
    const begunAt = dynamodb.clock();
    dynamodb.clock.advance(3_600);

    await dynamodb.publish(first);
    dynamodb.clock.advance(3_600);
    await publishRegistry(first, clerk);

    const at = new Date(begunAt.getTime() + 3_600_000);
    expect(await listVersions(dynamodb.table)).toMatchObject([
      { by: 'os:clerk', begunAt, finished: { by: 'os:tester', at } },
    ]);
  });

  it('has no seventh write', async () => {
    await dynamodb.publish(first);
    killAtWrite(7);

    expect(await dynamodb.publish(second)).toMatchObject({ moved: true });
  });
});

describe('a move whose answer is lost', () => {
  it.each([
    ['the first one', []],
    ['a later one', [second]],
  ])('is no conflict with itself when the SDK repeats it: %s', async (_, before) => {
    for (const document of before) await dynamodb.publish(document);
    loseTheAnswer(dynamodb, 'movedAt');

    expect(await dynamodb.publish(first)).toMatchObject({ version: 'first', moved: true });
    expect(await inForce()).toEqual({ version: 'first', whole: true });
  });
});

describe('two publishers at once', () => {
  it('cannot both win, and neither leaves anything half done', async () => {
    await dynamodb.publish(aDocument('start'));

    const outcomes = await Promise.allSettled([dynamodb.publish(first), dynamodb.publish(second)]);

    const winner = ['first', 'second'][outcomes.findIndex(({ status }) => status === 'fulfilled')];
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([
      { status: 'rejected', reason: expect.objectContaining({ kind: 'conflict' }) },
    ]);
    expect(await inForce()).toEqual({ version: winner, whole: true });
  });

  it('of an empty table cannot both be the first', async () => {
    const outcomes = await Promise.allSettled([dynamodb.publish(first), dynamodb.publish(second)]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
