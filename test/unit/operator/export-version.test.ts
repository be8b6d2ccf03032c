import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyAttributes, recordKey } from '../../../adapters/dynamodb-layout.ts';
import { readPointer } from '../../../adapters/dynamodb-pointer.ts';
import { exportVersion } from '../../../operator/export-version.ts';
import { aDynamodb, type WatchedDynamodb } from '../../builders/dynamodb.ts';
import { aCompiledRegistry, withUser } from '../../builders/registry-files.ts';

const before = aCompiledRegistry();
const after = aCompiledRegistry(withUser('orders_read'));

let dynamodb: WatchedDynamodb;
beforeEach(async () => {
  dynamodb = await aDynamodb();
  await dynamodb.publish(before);
  await dynamodb.publish(after);
});
afterEach(() => dynamodb.close());

describe('a version that is exported', () => {
  it.each([
    ['is the one in force, if none is named', undefined, after],
    ['is an earlier one by its name', before.version, before],
  ])('%s, to the last entry', async (_, version, document) => {
    expect(await exportVersion(version, dynamodb.table)).toEqual(document);
  });

  it('is one that the table holds', async () => {
    await expect(exportVersion('sha256:000000000000', dynamodb.table)).rejects.toMatchObject({
      code: 'input-invalid',
    });
  });

  it('A23: is refused where somebody has changed it in the table', async () => {
    const { current } = await readPointer(dynamodb.table);
    const [database = before.databases[0]] = after.databases;
    const value = { ...database, host: 'evil.c9akciq32abc.eu-west-1.rds.amazonaws.com' };
    const body = JSON.stringify({ kind: 'database', name: 'orders', value });
    await dynamodb.table.client.send(
      new UpdateItemCommand({
        TableName: dynamodb.table.table,
        Key: keyAttributes(recordKey(current, 'database', 'orders')),
        UpdateExpression: 'SET body = :body',
        ExpressionAttributeValues: { ':body': { S: body } },
      }),
    );

    await expect(exportVersion(undefined, dynamodb.table)).rejects.toMatchObject({
      code: 'table-unsound',
    });
  });
});
