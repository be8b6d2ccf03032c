import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VendError } from '../../../../core/errors.ts';
import { parseTokenQuery } from '../../../../layers/extension/token-query.ts';

const parse = (text: string, team?: string) => parseTokenQuery(new URLSearchParams(text), team);

describe('the query for a token', () => {
  it('names a database, and what else the API takes', () => {
    const query = parse(
      'database=orders&user=orders_app&team=payments&inlineCa=true&fresh=true&format=env',
    );

    expect(query).toEqual({
      request: { database: 'orders', user: 'orders_app', team: 'payments', fresh: true },
      inlineCa: true,
      format: 'env',
    });
  });

  it('takes a "no" for what it is', () => {
    const query = parse('database=orders&inlineCa=false&fresh=false');

    expect(query).toMatchObject({ request: { fresh: false }, inlineCa: false });
  });

  it.each(['json', 'token', 'env'])('may ask for the format %s', (format) => {
    expect(parse(`database=orders&format=${format}`).format).toBe(format);
  });

  it('A14: says of what it does not know that the query is wrong', () => {
    expect(() => parse('database=orders&host=attacker.example')).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', reason: 'query-invalid' }),
    );
  });

  it('leaves the rest to defaults', () => {
    expect(parse('database=orders')).toEqual({
      request: { database: 'orders', fresh: false },
      inlineCa: false,
      format: 'json',
    });
  });

  it("is for the function's team, unless it names another", () => {
    expect(parse('database=orders', 'payments').request.team).toBe('payments');
    expect(parse('database=orders&team=reporting', 'payments').request.team).toBe('reporting');
  });

  it.each([
    '',
    'user=orders_app',
    'database=',
    'database=Orders',
    'database=orders&host=attacker.example',
    'database=orders&host=json',
    'database=orders&Fresh=true',
    'database=orders&database=ledger',
    'database=orders&fresh=true&fresh=false',
    'database=orders&format=json&format=token',
    'database=orders&fresh=1',
    'database=orders&fresh',
    'database=orders&inlineCa=yes',
    'database=orders&format=url',
    'database=orders&format=',
    'database=orders&user=a/b',
    'database=orders&user=a%00b',
    'database=orders&__proto__=x',
  ])('is not %j', (text) => {
    expect(() => parse(text)).toThrow(VendError);
  });

  it('ends in a query or in INVALID_REQUEST, whatever it says', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (text) => {
        try {
          expect(parse(text).request.database).toMatch(/^[a-z0-9]/);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_REQUEST' });
        }
      }),
    );
  });
});
