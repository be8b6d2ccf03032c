import fc from 'fast-check';
import { anyCharacter } from '../builders/any-character.ts';
import { editedText, editedTree } from './edits.ts';

const names = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('orders', 'ledger', 'orders_app', 'orders_report', 'ann'),
  },
  { weight: 4, arbitrary: fc.constantFrom('payments', 'reports', 'ledger_app') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('*', '', '__proto__', 'ORDERS', 'orders ', 'x'.repeat(9_999)),
  },
);

const wishes = fc.oneof(
  fc.constantFrom(
    { database: 'orders', user: 'orders_app', team: 'payments' },
    { database: 'orders', user: 'orders_report' },
    { database: 'ledger' },
  ),
  fc.record(
    { database: names, user: names, team: names, inlineCa: fc.boolean(), fresh: fc.boolean() },
    { requiredKeys: ['database'] },
  ),
);

const oddValues = fc.oneof(fc.jsonValue({ maxDepth: 1 }), names);

/** Bodies of requests for a token, from sound ones to noise. */
export const tokenBodies: fc.Arbitrary<string | null> = fc.oneof(
  { weight: 6, arbitrary: wishes.map((wish) => JSON.stringify(wish)) },
  { weight: 3, arbitrary: wishes.chain((wish) => editedTree(wish, oddValues)).map(toJson) },
  {
    weight: 2,
    arbitrary: editedText(wishes.map(toJson), fc.constantFrom(...'{}[]",:\\0', ',"user":"ann"')),
  },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

function toJson(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
