import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DynamodbCall } from '../../../adapters/dynamodb-call.ts';
import { createAuditTable } from '../../../adapters/strict-audit-table.ts';
import type { AuditRecord } from '../../../core/audit.ts';
import { anyCharacter } from '../../builders/any-character.ts';

const record: AuditRecord = {
  audit: 'vend',
  outcome: 'denied',
  reason: 'not-granted',
  vendId: 'vend-1',
  requestId: 'request-1',
  time: '2026-03-01T12:00:00.500Z',
};

/** What the table sends for a record. */
async function sentFor(one: AuditRecord, retentionDays = 400) {
  const inputs: unknown[] = [];
  const call: DynamodbCall = async (operation, input) => {
    expect(operation).toBe('PutItem');
    inputs.push(input);
  };
  await createAuditTable({ call, tableName: 'audit', retentionDays }).put(one);
  return inputs;
}

describe('the audit table', () => {
  it('gets one item for a record, found by vend and outcome', async () => {
    expect(await sentFor(record)).toEqual([
      {
        TableName: 'audit',
        Item: {
          vendId: { S: 'vend-1' },
          outcome: { S: 'denied' },
          time: { S: '2026-03-01T12:00:00.500Z' },
          record: { S: JSON.stringify(record) },
          keepUntil: { N: expect.any(String) },
        },
      },
    ]);
  });

  it.each([
    [1, '2026-03-02T12:00:00Z'],
    [400, '2027-04-05T12:00:00Z'],
  ])('keeps an item for %d days from the time of its record, to %s', async (days, end) => {
    const [sent] = await sentFor(record, days);

    expect(sent).toMatchObject({ Item: { keepUntil: { N: String(Date.parse(end) / 1000) } } });
  });

  it('holds the whole record, whatever a caller put into it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: anyCharacter }), async (userAgent) => {
        const [sent] = await sentFor({ ...record, userAgent });

        const text = JSON.stringify({ ...record, userAgent });
        expect(sent).toMatchObject({ Item: { record: { S: text } } });
      }),
    );
  });

  it('rejects as the call does', async () => {
    const call: DynamodbCall = async () => {
      throw new Error('not written');
    };
    const table = createAuditTable({ call, tableName: 'audit', retentionDays: 400 });

    await expect(table.put(record)).rejects.toThrow('not written');
  });
});
