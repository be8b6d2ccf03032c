import { describe, expect, it } from 'vitest';
import { isIssuer, isMember } from '../../../../core/registry/document-identities.ts';

const jwtMember = {
  kind: 'jwt',
  team: 'payments',
  name: 'api',
  issuerName: 'cluster',
  issuer: 'https://issuer.example.com',
  subject: { exact: 'a:b' },
  claims: [],
};
const iamMember = {
  kind: 'iam',
  team: 'payments',
  name: 'nightly',
  account: '111122223333',
  principal: 'role',
  principalName: 'nightly',
};
const withClaim = (exact: unknown) => ({
  ...jwtMember,
  claims: [{ key: 'c', match: { exact } }],
});

describe('a member of a compiled registry', () => {
  it.each([
    ['a JWT by its subject', jwtMember],
    ['a JWT by a prefix, for a time', { ...jwtMember, subject: { prefix: 'a/' }, notAfterMs: 1 }],
    ['a JWT by a text', withClaim('x')],
    ['a JWT by a number', withClaim(0)],
    ['a JWT by a truth value', withClaim(false)],
    ['a role', iamMember],
    ['a user', { ...iamMember, principal: 'user' }],
    ['one by its id, for a time', { ...iamMember, uniqueId: 'AROAEXAMPLE', notAfterMs: 1 }],
  ])('may be %s', (_, member) => {
    expect(isMember(member)).toBe(true);
  });

  it.each([
    ['A10: an empty claim', withClaim('')],
    ['A9: an object', withClaim({})],
    ['A9: a list', withClaim(['x'])],
    ['A9: null', withClaim(null)],
    ['A1: a prefix that only holds a separator', { ...jwtMember, subject: { prefix: 'a:b' } }],
    ['A12: an account with more before it', { ...iamMember, account: 'x111122223333' }],
    ['A12: an account with more after it', { ...iamMember, account: '1111222233334' }],
    ['A12: root', { ...iamMember, principal: 'root' }],
    ['A12: an empty id', { ...iamMember, uniqueId: '' }],
  ])('is not by %s', (_, member) => {
    expect(isMember(member)).toBe(false);
  });
});

describe('A4: an issuer of a compiled registry', () => {
  const key = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' };
  const anIssuer = (keys: unknown) => ({
    name: 'cluster',
    url: 'https://issuer.example.com',
    audiences: ['https://tokens.example.com'],
    algorithms: ['RS256'],
    keys,
    maxTokenLifetimeSeconds: 86_400,
    claimKeys: [],
    auditClaims: [],
  });
  const inline = (...keys: unknown[]) => anIssuer({ kind: 'inline', jwks: { keys } });

  it('has public keys, or a place to fetch them from', () => {
    expect(isIssuer(inline(key, { ...key, kid: '2' }))).toBe(true);
    expect(isIssuer(anIssuer({ kind: 'remote', jwksUri: 'https://issuer.example.com/k' }))).toBe(
      true,
    );
  });

  it.each([
    ['a private key', inline(key, { ...key, d: 'AA' })],
    ['a symmetric key', inline({ kty: 'oct', k: 'AA' })],
    ['a key of no kind', inline({ crv: 'P-256' })],
    ['a key that is a text', inline('AA')],
    ['a key that is nothing', inline(null)],
    ['keys of another kind', anIssuer({ kind: 'other', jwks: { keys: [key] } })],
    ['no keys at all', anIssuer({ kind: 'inline' })],
    ['more beside its keys', anIssuer({ kind: 'inline', jwks: { keys: [key], jku: 'x' } })],
  ])('has not %s', (_, issuer) => {
    expect(isIssuer(issuer)).toBe(false);
  });
});
