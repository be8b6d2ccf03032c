import type { AuditRecord } from '../core/audit.ts';
import type { DynamodbCall } from './dynamodb-call.ts';
import type { AuditStore } from './strict-audit.ts';

const secondsPerDay = 86_400;

/**
 * Keeps each record as one item of a DynamoDB table, keyed by `vendId` and `outcome`. DynamoDB answers
 * a write once it is on storage in two availability zones. A repeated write leaves the same item, so
 * `call` may try twice.
 */
export function createAuditTable(deps: {
  readonly call: DynamodbCall;
  readonly tableName: string;
  /** After that many days DynamoDB may delete the item (TTL attribute `keepUntil`). */
  readonly retentionDays: number;
}): AuditStore {
  const { call, tableName, retentionDays } = deps;
  return {
    async put(record) {
      await call('PutItem', { TableName: tableName, Item: itemOf(record, retentionDays) });
    },
  };
}

function itemOf(record: AuditRecord, retentionDays: number) {
  const keepUntil = Math.floor(Date.parse(record.time) / 1000) + retentionDays * secondsPerDay;
  return {
    vendId: { S: record.vendId },
    outcome: { S: record.outcome },
    time: { S: record.time },
    record: { S: JSON.stringify(record) },
    keepUntil: { N: String(keepUntil) },
  };
}
