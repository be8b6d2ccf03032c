import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsOf } from '../../../adapters/dynamodb-items.ts';
import { parseRecord } from '../../../adapters/dynamodb-records.ts';
import type { RegistryDocument } from '../../../core/registry/model.ts';
import { anyCharacter } from '../../builders/any-character.ts';
import { aDatabase, aMember } from '../../builders/registry.ts';
import { aCompiledRegistry } from '../../builders/registry-files.ts';

const edition = 'v~0123456789ab';
const base: RegistryDocument = { ...aCompiledRegistry(), members: [], databases: [], issuers: [] };

/** DynamoDB's limits, in bytes: an item, a partition key, a sort key. */
const limits = { item: 400 * 1024, pk: 2_048, sk: 1_024 };

const bytes = (text: string): number => Buffer.byteLength(text);

describe('the items of an edition', () => {
  it('fit into DynamoDB whatever a subject holds, and give it back exactly', () => {
    const subject = fc
      .tuple(fc.string({ unit: anyCharacter, minLength: 1 }), fc.integer({ min: 1, max: 30_000 }))
      .map(([text, times]) => text.repeat(times).slice(0, 250_000));

    fc.assert(
      fc.property(subject, (exact) => {
        const member = aMember({ subject: { exact } });

        const items = [...itemsOf({ ...base, members: [member] }, edition)];

        for (const { pk, sk, body } of items) {
          expect(bytes(pk)).toBeLessThan(limits.pk);
          expect(bytes(sk)).toBeLessThan(limits.sk);
          expect(bytes(pk + sk + body) + 100).toBeLessThan(limits.item);
        }
        const stored = items.map(({ body }) => Buffer.from(body, 'utf8').toString('utf8')).join('');
        const { name } = JSON.parse(stored);
        expect(parseRecord({ kind: 'member', name }, stored).value).toEqual([member]);
        expect(items[0]?.parts).toBe(items.length);
      }),
      { numRuns: 40 },
    );
  });

  it('have a key of their own each', () => {
    const databases = Array.from({ length: 1_000 }, (_, at) => aDatabase({ name: `db-${at}` }));

    const keys = [...itemsOf({ ...base, databases }, edition)].map(({ pk, sk }) => `${pk} ${sk}`);

    expect(new Set(keys).size).toBe(keys.length);
    // A thousand databases, four pages of their names, and the team.
    expect(keys).toHaveLength(1_005);
  });
});
