import { describe, expect, it } from 'vitest';
import { createQueryReader } from '../../../../layers/extension/query-reader.ts';
import { parseTokenQuery } from '../../../../layers/extension/token-query.ts';

const query = 'database=orders&user=orders_app&format=env';

describe('a query reader', () => {
  it('says of a query what parsing it says, the first time and the next', () => {
    const read = createQueryReader('payments');
    const parsed = parseTokenQuery(new URLSearchParams(query), 'payments');

    expect([read(query), read(query)]).toEqual([parsed, parsed]);
  });

  it('parses what it has read before no second time', () => {
    const read = createQueryReader(undefined);

    expect(read(query)).toBe(read(query));
  });

  it('does not take a query for another that begins the same', () => {
    const read = createQueryReader(undefined);
    read('database=orders');

    expect(read('database=orders-eu').request.database).toBe('orders-eu');
  });

  it('refuses what is wrong each time', () => {
    const read = createQueryReader(undefined);
    const wrong = () => read('database=orders&frehs=true');

    for (const attempt of [1, 2]) {
      expect(wrong, `attempt ${attempt}`).toThrow(
        expect.objectContaining({ code: 'INVALID_REQUEST' }),
      );
    }
  });

  it('forgets the oldest: who asks for ever new ones fills no memory', () => {
    const read = createQueryReader(undefined);
    const first = read(query);

    for (let other = 0; other < 100; other++) read(`database=other-${other}`);

    expect(read(query)).not.toBe(first);
  });
});
