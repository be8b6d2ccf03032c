import { describe, expect, test } from 'vitest';
import { bearerToken } from '../../../../functions/authorizer/bearer-token.ts';

const among = (multiValueHeaders: Record<string, string[]>) => ({
  headers: null,
  multiValueHeaders,
});

describe('bearerToken', () => {
  test.each(['Authorization', 'authorization', 'AUTHORIZATION'])(
    'finds the header as %s',
    (name) => {
      expect(bearerToken(among({ Host: ['x'], [name]: ['Bearer a.b.c'] }))).toBe('a.b.c');
    },
  );

  test.each(['Bearer a.b.c', 'bearer a.b.c', 'BEARER a.b.c', 'Bearer  a.b.c'])(
    'reads %j',
    (value) => {
      expect(bearerToken(among({ Authorization: [value] }))).toBe('a.b.c');
    },
  );

  test.each([null, {}])('reads the single-value headers where there are no others (%o)', (none) => {
    const headers = { authorization: 'Bearer a.b.c' };

    expect(bearerToken({ headers, multiValueHeaders: none })).toBe('a.b.c');
  });

  test.each<{ what: string; headers: Record<string, string[]> }>([
    { what: 'absent', headers: {} },
    { what: 'empty', headers: { Authorization: [''] } },
    { what: 'of another scheme', headers: { Authorization: ['Basic YTpi'] } },
    { what: 'without a token', headers: { Authorization: ['Bearer '] } },
    { what: 'without a scheme', headers: { Authorization: ['a.b.c'] } },
    { what: 'given twice', headers: { Authorization: ['Bearer a.b.c', 'Bearer d.e.f'] } },
    {
      what: 'given twice, in two spellings',
      headers: { Authorization: ['Bearer a.b.c'], authorization: ['Bearer d.e.f'] },
    },
    { what: 'two joined by a comma', headers: { Authorization: ['Bearer a.b.c, Bearer d.e.f'] } },
    { what: 'followed by something', headers: { Authorization: ['Bearer a.b.c d'] } },
    { what: 'ended by a line break', headers: { Authorization: ['Bearer a.b.c\n'] } },
  ])('finds none where the header is $what', ({ headers }) => {
    expect(bearerToken(among(headers))).toBeUndefined();
  });

  test('finds none where the header is there without a value', () => {
    const headers = { Authorization: undefined };

    expect(bearerToken({ headers, multiValueHeaders: null })).toBeUndefined();
  });

  test('finds none where two were sent and the single-value headers show one', () => {
    const headers = { Authorization: 'Bearer d.e.f' };
    const multiValueHeaders = { Authorization: ['Bearer a.b.c', 'Bearer d.e.f'] };

    expect(bearerToken({ headers, multiValueHeaders })).toBeUndefined();
  });
});
