import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { recordItem } from './dynamodb-batch-read.ts';
import { calling } from './dynamodb-fault.ts';
import type { RecordItem } from './dynamodb-items.ts';
import { partitionsOf } from './dynamodb-layout.ts';
import { parseStored, type RecordOf, type RegistryRecord } from './dynamodb-records.ts';
import type { WritableTable } from './writable-table.ts';

/**
 * Every item of an edition whose sort key begins with `prefix`, read consistently; the parts of a record
 * follow each other. For operators: functions never query.
 *
 * @throws DynamodbFault.
 */
export async function* storedItems(
  { client, table }: WritableTable,
  edition: string,
  prefix = '',
): AsyncGenerator<RecordItem> {
  for (const partition of partitionsOf(edition)) {
    const values = { ':pk': { S: partition }, ':prefix': { S: prefix } };
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: values,
        ConsistentRead: true,
      },
    );
    for (;;) {
      const page = await calling(() => pages.next());
      if (page.done) break;
      for (const attributes of page.value.Items ?? []) yield recordItem(attributes);
    }
  }
}

/** All records of one kind: what no function could afford to ask, and an operator rarely has to. */
export async function* storedRecords<K extends RegistryRecord['kind']>(
  table: WritableTable,
  edition: string,
  kind: K,
): AsyncGenerator<RecordOf<K>> {
  let [left, text] = [0, ''];
  for await (const { body, parts } of storedItems(table, edition, `${kind}/`)) {
    [left, text] = parts === undefined ? [left - 1, text + body] : [parts - 1, body];
    if (left === 0) yield parseStored(kind, text);
  }
}
