import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PageEnd, readCursor, writeCursor } from '../../../core/page-cursor.ts';

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const mark = '0123456789abcdef';

const names = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/);
const positions = fc.record({
  place: fc.integer({ min: 0, max: 9_999_999 }),
  grantee: fc.integer({ min: 0, max: 9_999 }),
  mark: fc.stringMatching(/^[0-9a-f]{16}$/),
});
const ends = fc.oneof<fc.Arbitrary<PageEnd>[]>(
  fc.record({ shown: names }),
  fc.record({ shown: fc.option(names, { nil: undefined }), looked: positions }),
);

describe('a cursor', () => {
  it('is read as it was written, and fits what openapi.yaml has room for', () => {
    fc.assert(
      fc.property(ends, (end) => {
        const cursor = writeCursor(end);
        expect(readCursor(cursor)).toEqual(end);
        expect(cursor.length).toBeLessThanOrEqual(128);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a name that is not encoded', 'orders'],
    ['padding', 'b3JkZXJz=='],
    ['another alphabet', 'b3J+ZXJz'],
    ['bits that decoding drops', 'b3JkZXJ!'],
    ['a name that is none', encoded('../etc')],
    ['an upper-case name', encoded('Orders')],
    ['a name that is too long', encoded('a'.repeat(64))],
    ['white space', ' b3JkZXJz'],
    ['a line feed at the end', encoded('orders\n')],
    ['a place of nothing', encoded('orders 1')],
    ['a place that is written in another way', encoded(`orders 01 0 ${mark}`)],
    ['a place before the first', encoded(`orders -1 0 ${mark}`)],
    ['a place beyond all lists', encoded(`orders 10000000 0 ${mark}`)],
    ['a grantee beyond all lists', encoded(`orders 0 10000 ${mark}`)],
    ['a mark that is too long', encoded(`orders 0 0 ${mark}0`)],
    ['something before it', encoded(`. orders 0 0 ${mark}`)],
  ])('is refused as one that this API did not give out: %s', (_, cursor) => {
    expect(() => readCursor(cursor)).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', reason: 'query-invalid' }),
    );
  });

  it('is refused, or is the only text for what it says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (cursor) => {
        try {
          expect(writeCursor(readCursor(cursor))).toBe(cursor);
        } catch (error) {
          expect(error).toMatchObject({ reason: 'query-invalid' });
        }
      }),
    );
  });
});
