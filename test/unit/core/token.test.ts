import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseToken } from '../../../core/token.ts';
import { anyCharacter } from '../../builders/any-character.ts';

const host = 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com';
const signature = '0123456789abcdef'.repeat(4);

const parameters = {
  Action: 'connect',
  DBUser: 'orders_app',
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': 'ASIAIOSFODNN7EXAMPLE%2F20260301%2Feu-west-1%2Frds-db%2Faws4_request',
  'X-Amz-Date': '20260301T120000Z',
  'X-Amz-Expires': '900',
  'X-Amz-Security-Token': 'FwoGZXIv%2B%3D',
  'X-Amz-Signature': signature,
  'X-Amz-SignedHeaders': 'host',
};
const { 'X-Amz-Credential': credential } = parameters;
type Parameters = Partial<Record<keyof typeof parameters, string>>;

function aToken(changed: Parameters = {}, left: readonly (keyof Parameters)[] = []): string {
  const query = Object.entries({ ...parameters, ...changed })
    .filter(([name]) => !left.some((one) => one === name))
    .map(([name, value]) => `${name}=${value}`);
  return `${host}:5432/?${query.join('&')}`;
}

/** `%2f` and `%2F` mean the same character. */
const withUpperCaseEscapes = (token: string): string =>
  token.replace(/%[0-9a-f]{2}/gi, (sequence) => sequence.toUpperCase());

describe('parseToken', () => {
  it('reads every part of a token', () => {
    expect(parseToken(aToken())).toEqual({
      host,
      port: 5432,
      user: 'orders_app',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      region: 'eu-west-1',
      signedAt: new Date('2026-03-01T12:00:00Z'),
      expiresInSeconds: 900,
      sessionToken: 'FwoGZXIv+=',
      signature,
    });
  });

  it('does without a session token, but not with an empty one', () => {
    const without = parseToken(aToken({}, ['X-Amz-Security-Token']));

    expect(without).toMatchObject({ user: 'orders_app' });
    expect(without).not.toHaveProperty('sessionToken');
    expect(parseToken(aToken({ 'X-Amz-Security-Token': '' }))).toBeUndefined();
  });

  it('takes the parameters in any order, since SDKs differ', () => {
    const [address = '', query = ''] = aToken().split('?');
    const reversed = `${address}?${query.split('&').reverse().join('&')}`;

    expect(parseToken(reversed)).toEqual(parseToken(aToken()));
  });

  it.each(Object.keys(parameters).filter((name) => name !== 'X-Amz-Security-Token'))(
    'refuses a token without %s, or with two of it',
    (name) => {
      const token = aToken();
      const [address = '', query = ''] = token.split('?');
      const others = query.split('&').filter((part) => !part.startsWith(`${name}=`));

      expect(parseToken(`${address}?${others.join('&')}`)).toBeUndefined();
      expect(parseToken(`${token}&${name}=x`)).toBeUndefined();
    },
  );

  it.each<[string, Parameters]>([
    ['another action', { Action: 'Connect' }],
    ['no user', { DBUser: '' }],
    ['another algorithm', { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA1' }],
    ['another service', { 'X-Amz-Credential': credential.replace('rds-db', 's3') }],
    ['a scope with something before it', { 'X-Amz-Credential': `-${credential}` }],
    ['a scope with something after it', { 'X-Amz-Credential': `${credential}-` }],
    ['a scope of another day', { 'X-Amz-Date': '20260302T120000Z' }],
    ['a month that does not exist', { 'X-Amz-Date': '20261301T120000Z' }],
    ['an hour that does not exist', { 'X-Amz-Date': '20260301T240000Z' }],
    ['a date with another before it', { 'X-Amz-Date': '2026030120260301T120000Z' }],
    ['a date with something after it', { 'X-Amz-Date': '20260301T120000Z0' }],
    ['a date with fractions', { 'X-Amz-Date': '20260301T120000.5Z' }],
    ['another header signed', { 'X-Amz-SignedHeaders': 'host%3Bx-evil' }],
    ['a short signature', { 'X-Amz-Signature': signature.slice(1) }],
    ['a long signature', { 'X-Amz-Signature': `${signature}0` }],
    ['a signature with something before it', { 'X-Amz-Signature': `-${signature}` }],
    ['a signature with something after it', { 'X-Amz-Signature': `${signature}-` }],
    ['an upper-case signature', { 'X-Amz-Signature': signature.toUpperCase() }],
    ['broken percent-encoding', { DBUser: '%zz' }],
    ['encoding that is no UTF-8', { DBUser: '%ff' }],
    ['no lifetime', { 'X-Amz-Expires': '' }],
    ['a lifetime that is no number', { 'X-Amz-Expires': 'forever' }],
    ['a lifetime with a unit', { 'X-Amz-Expires': '900s' }],
    ['a lifetime in hexadecimal', { 'X-Amz-Expires': '0x384' }],
    ['a negative lifetime', { 'X-Amz-Expires': '-900' }],
  ])('A29: refuses %s', (_, changed) => {
    expect(parseToken(aToken(changed))).toBeUndefined();
  });

  it('A29: refuses a day that does not exist, which would be read as a later one', () => {
    const scope = credential.replace('20260301', '20260230');

    const token = aToken({ 'X-Amz-Credential': scope, 'X-Amz-Date': '20260230T120000Z' });

    expect(parseToken(token)).toBeUndefined();
  });

  it.each([
    ['a scheme', `https://${aToken()}`],
    ['no slash before the query', aToken().replace('/?', '?')],
    ['a path', aToken().replace('/?', '/x?')],
    ['a fragment', `${aToken()}#x`],
    ['user information', `x@${aToken()}`],
    ['an upper-case host', aToken().replace('orders.', 'Orders.')],
    ['no port', aToken().replace(':5432', '')],
    ['an unknown parameter', `${aToken()}&X-Extra=1`],
    ['an empty parameter', `${aToken()}&`],
    ['a name without a value', aToken().replace('DBUser=orders_app', 'DBUserx')],
    ['white space', `${aToken()} `],
    ['a newline', `${aToken()}\n`],
    ['nothing', ''],
  ])('A29: refuses %s', (_, token) => {
    expect(parseToken(token)).toBeUndefined();
  });
});

describe('parseToken of anything', () => {
  it('never throws', () => {
    const pieces = fc.constantFrom('&', '=', '%', '/?', ':', ...Object.entries(parameters).flat());
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(pieces).map((parts) => `${host}:5432/?${parts.join('')}`),
    );

    fc.assert(
      fc.property(text, (token) => {
        expect(() => parseToken(token)).not.toThrow();
      }),
    );
  });

  it('A29: lets no changed character pass for the same token', () => {
    const token = aToken();
    const original = parseToken(token);
    const at = fc.integer({ min: 0, max: token.length - 1 });
    const character = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 });

    fc.assert(
      fc.property(at, character, (index, replacement) => {
        const changed = `${token.slice(0, index)}${replacement}${token.slice(index + 1)}`;
        fc.pre(withUpperCaseEscapes(changed) !== withUpperCaseEscapes(token));
        expect(parseToken(changed)).not.toEqual(original);
      }),
      { numRuns: 2000 },
    );
  });
});
