import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyAttributes, pointerKey } from '../../../adapters/dynamodb-layout.ts';
import type { RegistryDocument } from '../../../core/registry/model.ts';
import { pruneRegistry } from '../../../operator/prune-registry.ts';
import { listVersions } from '../../../operator/registry-versions.ts';
import { rollBackRegistry } from '../../../operator/rollback-registry.ts';
import { deferred } from '../../builders/deferred.ts';
import { aDynamodb, anSdkError, type WatchedDynamodb } from '../../builders/dynamodb.ts';
import { aCompiledRegistry } from '../../builders/registry-files.ts';

const aDocument = (version: string): RegistryDocument => ({ ...aCompiledRegistry(), version });

let dynamodb: WatchedDynamodb;
beforeEach(async () => {
  dynamodb = await aDynamodb();
  for (const version of ['one', 'two', 'three', 'four']) {
    await dynamodb.publish(aDocument(version));
    dynamodb.clock.advance(60);
  }
});
afterEach(() => dynamodb.close());

const prune = () => pruneRegistry(dynamodb.operator);
const versions = async () =>
  (await listVersions(dynamodb.table)).map(({ version, standing }) => `${version} ${standing}`);

describe('pruning', () => {
  it('deletes every version but the current and the previous one, to the last item', async () => {
    dynamodb.clock.advance(900);

    const pruned = await prune();
    const TableName = dynamodb.table.table;
    const { Items = [] } = await dynamodb.table.client.send(new ScanCommand({ TableName }));

    expect(pruned.sort()).toEqual(['one', 'two']);
    expect(await versions()).toEqual(['four current', 'three previous']);
    expect(Items.filter(({ pk }) => /^(one|two)~/.test(pk?.S ?? ''))).toEqual([]);
  });

  it('leaves a note on the pointer: who, when and why', async () => {
    dynamodb.clock.advance(900);

    await pruneRegistry({ ...dynamodb.operator, reason: 'case 4711' });
    const { client, table } = dynamodb.table;
    const Key = keyAttributes(pointerKey);
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key }));

    expect(Item?.lastPruned?.M).toEqual({
      by: { S: dynamodb.operator.by },
      at: { S: dynamodb.clock().toISOString() },
      reason: { S: 'case 4711' },
    });
  });

  it('deletes nothing while functions may still serve an older version', async () => {
    dynamodb.clock.advance(839);

    await expect(prune()).rejects.toMatchObject({ code: 'input-invalid' });

    expect(await versions()).toHaveLength(4);
  });

  it('leaves an unfinished version alone for an hour, and then deletes it', async () => {
    dynamodb.interfere(({ command }) => {
      if (command === 'BatchWriteItem') throw anSdkError('Killed');
      return undefined;
    });
    await expect(dynamodb.publish(aDocument('five'))).rejects.toThrow();
    dynamodb.interfere(undefined);

    dynamodb.clock.advance(900);
    await prune();
    const early = await versions();
    dynamodb.clock.advance(2_700);
    await prune();

    expect(early).toContain('five kept');
    expect(await versions()).toEqual(['four current', 'three previous']);
  });

  it('that was killed goes on where it was, and no rollback finds what it has marked', async () => {
    dynamodb.clock.advance(900);
    dynamodb.interfere(({ command }) => {
      if (command === 'BatchWriteItem') throw anSdkError('Killed');
      return undefined;
    });
    await expect(prune()).rejects.toMatchObject({ kind: 'unreachable' });
    dynamodb.interfere(undefined);

    await expect(rollBackRegistry('one', dynamodb.operator)).rejects.toMatchObject({
      code: 'input-invalid',
    });
    expect(await prune()).toHaveLength(2);
  });

  it('does not let a publisher move to a version that it read before the mark', async () => {
    dynamodb.clock.advance(900);
    let pruning: Promise<unknown> | undefined;
    dynamodb.interfere(({ command, input }) => {
      const isMove =
        command === 'UpdateItem' && Object(input).UpdateExpression?.includes('movedAt');
      // Between the publisher's last look and its move, all of a prune happens.
      if (isMove && pruning === undefined) pruning = prune();
      return undefined;
    });
    const held = dynamodb.table.client.middlewareStack;
    held.add(
      (next) => async (args) => {
        const { UpdateExpression = '' } = Object(args.input);
        if (UpdateExpression.includes('movedAt')) await pruning;
        return next(args);
      },
      { step: 'build' },
    );

    await expect(dynamodb.publish(aDocument('one'))).rejects.toMatchObject({ kind: 'conflict' });
    await dynamodb.publish(aDocument('one'));

    expect((await versions())[0]).toBe('one current');
  });

  it('gives up where somebody publishes meanwhile, and deletes nothing', async () => {
    dynamodb.clock.advance(900);
    beforeTheFence(() => dynamodb.publish(aDocument('five')));

    await expect(prune()).rejects.toMatchObject({ kind: 'conflict' });

    expect(await versions()).toHaveLength(5);
    expect(dynamodb.calls.map(({ command }) => command)).not.toContain('DeleteItem');
  });

  it('takes its mark back from a version that was put in force meanwhile', async () => {
    dynamodb.clock.advance(900);
    let turns = 0;
    dynamodb.table.client.middlewareStack.add(
      (next) => async (args) => {
        const { UpdateExpression, ExpressionAttributeValues } = Object(args.input);
        const isMark = ExpressionAttributeValues?.[':to']?.S === 'pruning';
        if (UpdateExpression === 'SET #state = :to' && isMark && turns++ === 0) {
          await rollBackRegistry('one', dynamodb.operator);
        }
        return next(args);
      },
      { step: 'build' },
    );

    await expect(prune()).rejects.toMatchObject({ kind: 'conflict' });

    const [, , , one] = await listVersions(dynamodb.table);
    expect(one).toMatchObject({ version: 'one', standing: 'current', state: 'whole' });
  });

  it('A23: of two at once, the slower one gives back nothing that the other one is deleting', async () => {
    dynamodb.clock.advance(900);
    const [begun, released] = [deferred<void>(), deferred<void>()];
    let faster: Promise<unknown> | undefined;
    dynamodb.table.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === 'BatchWriteItemCommand') {
            begun.resolve();
            await released.promise;
          }
          return next(args);
        },
      { step: 'build' },
    );
    beforeTheFence(() => {
      faster = prune();
      return begun.promise;
    });
    await expect(prune()).rejects.toMatchObject({ kind: 'conflict' });

    const rollback = rollBackRegistry('one', dynamodb.operator);

    await expect(rollback).rejects.toMatchObject({ code: 'input-invalid' });
    released.resolve();
    await faster;
    expect(await versions()).toEqual(['four current', 'three previous']);
  });
});

/** Does something between a prune's marks and its fence: the first one's only. */
function beforeTheFence(meanwhile: () => Promise<unknown>): void {
  let isFirst = true;
  dynamodb.table.client.middlewareStack.add(
    (next) => async (args) => {
      const { UpdateExpression = '' } = Object(args.input);
      if (UpdateExpression.startsWith('SET revision') && isFirst) {
        isFirst = false;
        await meanwhile();
      }
      return next(args);
    },
    { step: 'build' },
  );
}

describe('rolling back', () => {
  it('goes to the previous version, and from there back again', async () => {
    expect(await rollBackRegistry(undefined, dynamodb.operator)).toEqual({
      from: 'four',
      to: 'three',
    });
    expect(await versions()).toContain('four previous');
    await rollBackRegistry(undefined, dynamodb.operator);
    expect(await versions()).toContain('four current');
  });

  it('goes to any version that is named and whole', async () => {
    await rollBackRegistry('one', dynamodb.operator);

    expect(await versions()).toContain('one current');
  });

  it.each(['never', 'four'])('refuses %s, which is none to go back to', async (version) => {
    await expect(rollBackRegistry(version, dynamodb.operator)).rejects.toMatchObject({
      code: 'input-invalid',
    });
  });

  it('refuses a version of which an item is missing', async () => {
    const { eraseEdition } = await import('../../../adapters/dynamodb-edition-items.ts');
    const [, three] = await listVersions(dynamodb.table);
    await eraseEdition(dynamodb.table, three?.edition ?? '');

    await expect(rollBackRegistry(undefined, dynamodb.operator)).rejects.toMatchObject({
      code: 'table-unsound',
    });
  });
});
