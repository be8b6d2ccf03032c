import { describe, expect, it } from 'vitest';
import { issuerSchema } from '../../../../core/registry/schema.ts';

const issuer = { url: 'https://issuer.example.com', audiences: ['https://tokens.example.com'] };
const accepts = (entry: object): boolean => issuerSchema.safeParse({ ...issuer, ...entry }).success;

describe('the algorithms of an issuer', () => {
  it.each([
    'RS256',
    'RS384',
    'RS512',
    'PS256',
    'PS384',
    'PS512',
    'ES256',
    'ES384',
    'ES512',
    'EdDSA',
  ])('may hold %s', (algorithm) => {
    expect(accepts({ algorithms: [algorithm] })).toBe(true);
  });

  it.each(['none', 'HS256', 'HS384', 'HS512', 'rs256', 'RS1', ''])(
    'A4: hold nothing like %j, not even beside a good one',
    (algorithm) => {
      expect(accepts({ algorithms: ['RS256', algorithm] })).toBe(false);
    },
  );

  it('may be left out, and not empty', () => {
    expect(accepts({})).toBe(true);
    expect(accepts({ algorithms: [] })).toBe(false);
  });
});
