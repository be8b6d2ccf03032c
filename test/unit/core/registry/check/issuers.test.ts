import { describe, expect, it } from 'vitest';
import { findingsWith } from '../../../../builders/drafts.ts';
import { placesWith, problemsWith, withIssuer } from '../../../../builders/registry-files.ts';

describe('an issuer', () => {
  it.each([
    ['plain http', 'http://issuer.example.com'],
    ['another scheme', 'ftp://issuer.example.com'],
    ['no scheme', 'issuer.example.com'],
    ['A2: capitals in the host', 'https://Issuer.example.com'],
    ['A2: a Cyrillic letter', 'https://issu\u0435r.example.com'],
    ['A2: a line feed', 'https://issuer.example.com\n'],
    ['A2: a space', ' https://issuer.example.com'],
    ['A2: user and password', 'https://user:secret@issuer.example.com'],
    ['A2: a password alone', 'https://:secret@issuer.example.com'],
    ['A2: a fragment', 'https://issuer.example.com/#a'],
    ['A2: an empty fragment', 'https://issuer.example.com/#'],
    ['A2: a query', 'https://issuer.example.com/?tenant=a'],
    ['A2: a doubled slash', 'https://issuer.example.com//a'],
    ['A2: an escaped slash', 'https://issuer.example.com/a%2fb'],
    ['A2: a way up', 'https://issuer.example.com/a/../b'],
    ['A2: the default port', 'https://issuer.example.com:443'],
    ['A2: a backslash', 'https://issuer.example.com\\a'],
    ['A2: more than 255 characters', `https://issuer.example.com/${'a'.repeat(230)}`],
    ['a host that only starts like loopback', 'http://127.0.0.1.example.com'],
    ['a host that only ends like loopback', 'http://my-localhost'],
    ['loopback by another protocol', 'ftp://127.0.0.1'],
  ])('is refused with %s in its URL', (_, url) => {
    expect(findingsWith(withIssuer({ url }))).toEqual(['error issuers.cluster.url']);
  });

  it.each([
    'https://issuer.example.com',
    'https://issuer.example.com/',
    'https://issuer.example.com:8443/realms/a',
    'http://127.0.0.1:8080',
    'http://localhost:8080/realms/a',
    'http://[::1]:8080',
    'http://127.100.200.254:8080',
    `https://issuer.example.com/${'a'.repeat(228)}`,
  ])('may be %s', (url) => {
    expect(findingsWith(withIssuer({ url }))).toEqual([]);
  });

  it.each([
    [100, []],
    [101, ['error issuers']],
  ])('is one of at most 100: with %d of them', (count, expected) => {
    // The builder's registry has two of its own.
    const names = Array.from({ length: count - 2 }, (_, at) => `issuer-${at}`);
    const issuers = names.map((name) => {
      const url = `https://${name}.example.com`;
      return [name, { url, jwksUri: `${url}/keys`, audiences: ['https://tokens.example.com'] }];
    });

    expect(findingsWith({ issuers: Object.fromEntries(issuers) })).toEqual(expected);
  });

  it('that cannot be read is not said to be missing as well', () => {
    expect(findingsWith(withIssuer({ url: 5 }))).toEqual(['error issuers.cluster.url']);
  });

  it.each([
    'urn:tokens',
    'https://tokens.example.com/https://github.com/',
    'https://tokens.example.com/?for=https://kubernetes.default.svc',
  ])('may have the audience %s', (audience) => {
    expect(findingsWith(withIssuer({ audiences: [audience] }))).toEqual([]);
  });

  it('may not share its URL with another', () => {
    const url = 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
    const jwksUri = `${url}/keys`;
    const second = withIssuer(
      { url, audiences: ['https://tokens.example.com'], jwksUri },
      'second',
    );

    expect(findingsWith(second)).toEqual(['error issuers.second.url']);
  });

  it.each([
    'tokenvend',
    'sts.amazonaws.com',
    'https://kubernetes.default.svc',
    'https://github.com/acme',
    '1a:b',
  ])('is warned about for the audience %s, which tokens for others carry', (audience) => {
    expect(findingsWith(withIssuer({ audiences: [audience] }))).toEqual([
      'warning issuers.cluster.audiences[0]',
    ]);
  });
});

describe('the keys of an issuer', () => {
  const publicKey = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' };
  const withKeys = (keys: readonly unknown[]) => withIssuer({ jwksUri: undefined, jwks: { keys } });

  it.each([
    ['are public keys', [publicKey, { kty: 'RSA', n: 'AA' }, { kty: 'OKP', x: 'AA' }], []],
    ['are not private', [publicKey, { ...publicKey, d: 'hidden' }], ['jwks.keys[1]']],
    [
      'are not private by a prime',
      [{ kty: 'RSA', n: 'AA', e: 'AQAB', p: 'hidden' }],
      ['jwks.keys[0]'],
    ],
    ...['q', 'dp', 'dq', 'qi', 'oth'].map((secret): [string, object[], string[]] => [
      `are not private by ${secret}`,
      [{ kty: 'RSA', n: 'AA', e: 'AQAB', [secret]: 'hidden' }],
      ['jwks.keys[0]'],
    ]),
    ['are not symmetric', [{ kty: 'oct', k: 'hidden' }], ['jwks.keys[0]']],
    ['are not symmetric by name alone', [{ kty: 'oct' }], ['jwks.keys[0].kty']],
    ['are not an empty list', [], ['jwks.keys']],
  ])('%s', (_, keys, places) => {
    expect(findingsWith(withKeys(keys))).toEqual(
      places.map((place) => `error issuers.cluster.${place}`),
    );
  });

  it('are not repeated in what is said about them', () => {
    const problems = problemsWith(withKeys([{ ...publicKey, d: 'hidden' }]));

    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('hidden');
  });

  it('come from one place only', () => {
    expect(findingsWith(withIssuer({ jwks: { keys: [publicKey] } }))).toEqual([
      'error issuers.cluster.jwksUri',
    ]);
  });

  it.each(['http://issuer.example.com/keys', 'https://a@issuer.example.com/keys', 'file:///keys'])(
    'are not fetched from %s',
    (jwksUri) => {
      expect(findingsWith(withIssuer({ jwksUri }))).toEqual(['error issuers.cluster.jwksUri']);
    },
  );

  it('must be known or found before the registry is compiled', () => {
    expect(placesWith(withIssuer({ jwksUri: undefined }))).toEqual(['error issuers.cluster']);
  });
});
