import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyAttributes, pointerKey } from '../../../adapters/dynamodb-layout.ts';
import { readPointer } from '../../../adapters/dynamodb-pointer.ts';
import { resumeEntry, suspendEntry } from '../../../operator/suspend-entry.ts';
import {
  aDynamodb,
  anSdkError,
  loseTheAnswer,
  type WatchedDynamodb,
} from '../../builders/dynamodb.ts';
import { aCompiledRegistry } from '../../builders/registry-files.ts';

let dynamodb: WatchedDynamodb;
beforeEach(async () => {
  dynamodb = await aDynamodb();
});
afterEach(() => dynamodb.close());

const publish = () => dynamodb.publish(aCompiledRegistry());
const suspend = (entry: string, reason = 'leaked') =>
  suspendEntry(entry, reason, dynamodb.operator);
const resume = (entry: string) => resumeEntry(entry, 'rotated', dynamodb.operator);
const suspended = async () => [...(await readPointer(dynamodb.table)).suspensions].sort();

/** The pointer as it stands in the table. */
async function pointerItem() {
  const key = { pk: { S: 'registry' }, sk: { S: 'pointer' } };
  return dynamodb.table.call('GetItem', { TableName: dynamodb.table.table, Key: key });
}

describe('a suspension', () => {
  it('keeps who made it, when and why', async () => {
    await publish();

    await suspend('user/orders/orders_app');

    const note = {
      reason: { S: 'leaked' },
      by: { S: 'os:tester' },
      at: { S: '2026-03-01T12:00:00.000Z' },
    };
    expect(await pointerItem()).toMatchObject({
      Item: { suspensions: { M: { 'user/orders/orders_app': { M: note } } } },
    });
  });

  it('is not lost when several operators suspend and resume at once', async () => {
    await publish();
    await suspend('team/first');
    const others = Array.from({ length: 10 }, (_, at) => `database/db-${at}`);

    await Promise.all([resume('team/first'), ...others.map((entry) => suspend(entry))]);

    expect(await suspended()).toEqual(others.sort());
  });

  it('does not make a publish fail that was under way', async () => {
    await publish();
    let done: ReturnType<typeof suspend> | undefined;
    dynamodb.interfere(({ command }) => {
      if (command === 'BatchWriteItem') done ??= suspend('team/payments');
      return undefined;
    });

    await dynamodb.publish({ ...aCompiledRegistry(), version: 'next' });
    await done;

    expect(await suspended()).toEqual(['team/payments']);
  });

  it.each([
    'teams/payments',
    'team/',
    'team/UPPER',
    'team/a/b',
    'member/payments',
    'user/orders',
    'user/orders/a/b',
    'issuer/https://a.example',
    '',
  ])('is refused for %j, which names nothing', async (entry) => {
    await publish();

    await expect(suspend(entry)).rejects.toMatchObject({ code: 'input-invalid' });
    expect(await suspended()).toEqual([]);
  });

  it.each(['', '  ', 'x'.repeat(257)])('is refused for the reason %j', async (reason) => {
    await publish();

    await expect(suspend('team/payments', reason)).rejects.toMatchObject({ code: 'input-invalid' });
  });

  it('that is there already stays as it is, and tells of the first one', async () => {
    await publish();
    const first = await suspend('team/payments');
    dynamodb.clock.advance(60);

    const second = await suspend('team/payments', 'other');

    expect(first).toMatchObject({ isNew: true, reason: 'leaked', by: 'os:tester' });
    expect(second).toEqual({ ...first, isNew: false });
    expect(JSON.stringify(await pointerItem())).not.toContain('other');
  });

  it('that somebody else has written into the table counts from now, lest too little be denied', async () => {
    await publish();
    await dynamodb.table.client.send(
      new UpdateItemCommand({
        TableName: dynamodb.table.table,
        Key: keyAttributes(pointerKey),
        UpdateExpression: 'SET suspensions.#entry = :true',
        ExpressionAttributeNames: { '#entry': 'team/payments' },
        ExpressionAttributeValues: { ':true': { BOOL: true } },
      }),
    );

    const found = await suspend('team/payments');

    expect(found).toMatchObject({ isNew: false, at: dynamodb.clock() });
  });

  it('that somebody lifts at this moment is not taken for one that stands', async () => {
    await publish();
    dynamodb.interfere(({ command }) => {
      if (command === 'UpdateItem') throw anSdkError('ConditionalCheckFailedException');
      return undefined;
    });

    await expect(suspend('team/payments')).rejects.toMatchObject({ code: 'table-conflict' });
  });

  it('is no conflict with itself when its answer is lost and the SDK repeats it, nor is its end', async () => {
    await publish();

    loseTheAnswer(dynamodb, 'SET suspensions');
    await suspend('team/payments');
    const whileSuspended = await suspended();
    loseTheAnswer(dynamodb, 'REMOVE suspensions');
    await resume('team/payments');

    expect(whileSuspended).toEqual(['team/payments']);
    expect(await suspended()).toEqual([]);
  });

  it('cannot be lifted where there is none, or before anything was published', async () => {
    await expect(suspend('team/payments')).rejects.toMatchObject({ kind: 'pointer-absent' });
    await publish();

    await expect(resume('team/payments')).rejects.toMatchObject({ code: 'input-invalid' });
  });
});
