import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSubject, readClaim } from '../../../core/claim-values.ts';

describe('readClaim', () => {
  test.each([
    { claim: 'text', value: 'a' },
    { claim: 'empty text', value: '' },
    { claim: 'zero', value: 0 },
    { claim: 'the largest safe integer', value: Number.MAX_SAFE_INTEGER },
    { claim: 'false', value: false },
    { claim: 'a list', value: ['a', 1, true] },
    { claim: 'an empty list', value: [] },
    { claim: 'a list of 64', value: Array.from({ length: 64 }, (_, at) => at) },
    { claim: 'text of 1024', value: 'x'.repeat(1024) },
  ])('keeps $claim as it is', ({ value }) => {
    expect(readClaim({ key: value }, 'key')).toEqual(value);
  });

  test.each([
    { claim: 'null', value: null },
    { claim: 'an object', value: { a: 1 } },
    { claim: 'a fraction', value: 1.5 },
    { claim: 'infinity (1e999 in JSON)', value: Number.POSITIVE_INFINITY },
    { claim: '2^53, which equals 2^53 + 1', value: 2 ** 53 },
    { claim: 'a list of lists', value: [['a']] },
    { claim: 'a list with null', value: ['a', null] },
    { claim: 'a list with an object', value: ['a', {}] },
    { claim: 'text of 1025', value: 'x'.repeat(1025) },
  ])('A9: leaves out $claim', ({ value }) => {
    expect(readClaim({ key: value }, 'key')).toBeUndefined();
  });

  test.each(['many', '/deeper/many'])('refuses a caller with a list of 65 under %s', (key) => {
    const many = Array.from({ length: 65 }, (_, at) => at);

    expect(() => readClaim({ many, deeper: { many } }, key)).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED', reason: 'too-many-claim-values' }),
    );
  });

  test.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    '/constructor',
    '/constructor/name',
    '/__proto__/constructor/name',
    '/list/length',
    '/list/constructor/name',
    '/text/length',
    '/text/0',
  ])('A9: finds nothing under %s, which only the language put there', (key) => {
    expect(readClaim({ list: ['a'], text: 'abc' }, key)).toBeUndefined();
  });

  test('A9: finds nothing that is inherited', () => {
    const claims: unknown = Object.create({ role: 'admin' });

    expect(readClaim(claims, 'role')).toBeUndefined();
    expect(readClaim(claims, '/role')).toBeUndefined();
  });

  test('A9: reads a claim that is really called __proto__', () => {
    const claims: unknown = JSON.parse('{"__proto__":"text","other":{"__proto__":"deeper"}}');

    expect(readClaim(claims, '__proto__')).toBe('text');
    expect(readClaim(claims, '/other/__proto__')).toBe('deeper');
  });

  test.each([
    { pointer: '/kubernetes.io/pod/name', value: 'api-0' },
    { pointer: '/a~1b', value: 'slash' },
    { pointer: '/m~0n', value: 'tilde' },
    { pointer: '/~01', value: 'tilde and one' },
    { pointer: '/groups/1', value: 'b' },
    { pointer: '/groups', value: ['a', 'b'] },
    { pointer: '/many/10', value: 10 },
    { pointer: '/', value: 'no name' },
    { pointer: '/groups/01', value: undefined },
    { pointer: '/groups/-', value: undefined },
    { pointer: '/groups/2', value: undefined },
    { pointer: '/groups/-1', value: undefined },
    { pointer: '/kubernetes.io/pod', value: undefined },
    { pointer: '/kubernetes.io/absent/name', value: undefined },
  ])('follows the JSON Pointer $pointer', ({ pointer, value }) => {
    const claims = {
      'kubernetes.io': { pod: { name: 'api-0' } },
      'a/b': 'slash',
      'm~n': 'tilde',
      '~1': 'tilde and one',
      groups: ['a', 'b'],
      many: Array.from({ length: 11 }, (_, index) => index),
      '': 'no name',
    };

    expect(readClaim(claims, pointer)).toEqual(value);
  });

  test('takes a name without a leading slash literally', () => {
    const claims = { 'https://example.com/team': 'a', https: { team: 'b' } };

    expect(readClaim(claims, 'https://example.com/team')).toBe('a');
  });

  test('finds whatever a correctly escaped pointer leads to', () => {
    const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
    const names = fc.array(fc.string({ unit: fc.constantFrom('~', '0', '1', '/', 'a') }), {
      minLength: 1,
      maxLength: 5,
    });

    fc.assert(
      fc.property(names, (path) => {
        const claims = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), 'found');
        return readClaim(claims, `/${path.map(escaped).join('/')}`) === 'found';
      }),
    );
  });

  test('never throws, and never gives anything but a claim value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (claims, key) => {
        const value = readClaim(claims, key);
        return value === undefined || Array.isArray(value) || value !== Object(value);
      }),
    );
  });
});

describe('isSubject', () => {
  test.each(['a', 'system:serviceaccount:payments:api', 'x'.repeat(1024), 'émile 🙂'])(
    'takes %j',
    (subject) => {
      expect(isSubject(subject)).toBe(true);
    },
  );

  test.each([
    '',
    'x'.repeat(1025),
    'a\n',
    'a\u0000b',
    '\u007f',
    'a\u0085',
    'half \ud83d',
    1,
    ['a'],
    null,
    undefined,
  ])('A2: refuses %j', (subject) => {
    expect(isSubject(subject)).toBe(false);
  });
});
