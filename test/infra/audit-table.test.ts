import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DynamodbCall } from '../../adapters/dynamodb-call.ts';
import { createAuditTable } from '../../adapters/strict-audit-table.ts';
import { deploy, everything, get } from './stack.ts';
import { denialsOf, tableShape } from './tables.ts';

const stack = deploy(everything);
const table = tableShape.parse(get(stack, 'AuditTable').Properties);

/** An item as the adapter writes it. */
async function anItem(): Promise<unknown> {
  let sent: unknown;
  const call: DynamodbCall = async (_operation, input) => {
    sent = input;
  };
  const store = createAuditTable({ call, tableName: 'audit', retentionDays: 1 });
  await store.put({
    audit: 'vend',
    outcome: 'vended',
    vendId: 'vend-1',
    requestId: 'request-1',
    time: '2026-03-01T12:00:00Z',
  });
  return sent;
}

describe('the table of audit records', () => {
  it('is there only where it is asked for', () => {
    const plain = deploy({ ...everything, AuditStore: 'logs' });

    expect(plain.has('AuditTable')).toBe(false);
    expect(get(plain, 'TokensFunction').Properties).toMatchObject({
      Environment: { Variables: { TOKENVEND_AUDIT_TABLE: '' } },
    });
  });

  it('is read, on docs/audit.md, by its key and for what the adapter writes', async () => {
    const page = readFileSync(new URL('../../docs/audit.md', import.meta.url), 'utf8');
    const [key] = table.KeySchema.map(({ AttributeName }) => AttributeName);

    expect(page).toContain(`--key-condition-expression '${key} = :id'`);
    expect(page).toContain("--query 'Items[].record.S'");
    expect(await anItem()).toMatchObject({ Item: { record: { S: expect.anything() } } });
  });

  it('has the keys, and the time to live, that the adapter writes', async () => {
    const names = table.KeySchema.map(({ AttributeName }) => AttributeName);

    expect(names).toEqual(['vendId', 'outcome']);
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: 'keepUntil', Enabled: true });
    expect(await anItem()).toMatchObject({
      Item: {
        vendId: { S: expect.any(String) },
        outcome: { S: expect.any(String) },
        keepUntil: { N: expect.any(String) },
      },
    });
  });

  it('keeps what it holds', () => {
    expect(table).toMatchObject({
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
    expect(get(stack, 'AuditTable')).toMatchObject({ DeletionPolicy: 'Retain' });
  });

  it('A22: is added to by the tokens function alone, and taken from by nobody', () => {
    const [taking, putting] = denialsOf(table);

    expect(taking?.unless).toBeUndefined();
    expect(taking?.actions).toEqual(
      expect.arrayContaining(['dynamodb:DeleteItem', 'dynamodb:UpdateItem']),
    );
    expect(putting).toEqual({
      actions: ['dynamodb:PutItem'],
      unless: 'arn:aws:iam::999988887777:role/tokenvend-vendor-eu-west-1',
    });
    expect(get(stack, 'TokensRole').Properties.RoleName).toBe('tokenvend-vendor-eu-west-1');
  });
});
