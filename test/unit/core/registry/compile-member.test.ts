import { describe, expect, it } from 'vitest';
import { compileMember } from '../../../../core/registry/compile-member.ts';
import type { MemberEntry } from '../../../../core/registry/schema.ts';
import { aDraft } from '../../../builders/drafts.ts';
import { withIssuer } from '../../../builders/registry-files.ts';

const compiled = (member: MemberEntry, draft = aDraft()) =>
  compileMember({ path: [], team: 'payments', name: 'added', member }, draft);

const claimsOf = (member: MemberEntry, draft = aDraft()) => {
  const one = compiled(member, draft);
  return one.kind === 'jwt' ? one.claims : [];
};

const keysOf = (claims: Record<string, string>, draft = aDraft()) =>
  claimsOf({ issuer: 'github', claims }, draft).map(({ key }) => key);

describe('a compiled member of an issuer', () => {
  it('holds the name and the URL of its issuer', () => {
    expect(compiled({ issuer: 'cluster', subject: 'a:b' })).toStrictEqual({
      team: 'payments',
      name: 'added',
      kind: 'jwt',
      issuerName: 'cluster',
      issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE',
      subject: { exact: 'a:b' },
      claims: [],
    });
  });

  it('may have claims and no subject', () => {
    expect(compiled({ issuer: 'cluster', claims: { a: 'b' } })).not.toHaveProperty('subject');
  });

  it('counts until an instant, whatever its offset', () => {
    const member = { issuer: 'cluster', subject: 'a', notAfter: '2027-01-31T01:00:00+01:00' };

    expect(compiled(member).notAfterMs).toBe(Date.UTC(2027, 0, 31));
  });

  it.each([
    ['a:*', { prefix: 'a:' }],
    ['a/b', { exact: 'a/b' }],
  ])('reads the subject %s as %j', (subject, match) => {
    expect(compiled({ issuer: 'cluster', subject })).toMatchObject({ subject: match });
  });

  it.each([
    ['true', { exact: 'true' }],
    [true, { exact: true }],
    [3, { exact: 3 }],
    ['b/*', { prefix: 'b/' }],
  ])('A9: reads the claim %j by its type, as %j', (value, match) => {
    expect(claimsOf({ issuer: 'cluster', claims: { key: value } })).toEqual([
      { key: 'key', match },
    ]);
  });

  it('has its pinned claims before the others, and each of them by name', () => {
    const draft = aDraft(withIssuer({ pin: ['repository', 'repository_id'] }, 'github'));
    const claims = { ref: 'a', repository_id: '1', environment: 'b', repository: 'c', actor: 'd' };

    expect(keysOf(claims, draft)).toEqual([
      'repository',
      'repository_id',
      'actor',
      'environment',
      'ref',
    ]);
  });

  it('has the claim first that its public issuer pins by default', () => {
    const claims = { environment: 'production', repository_id: '1', zone: 'a' };

    expect(keysOf(claims)).toEqual(['repository_id', 'environment', 'zone']);
  });
});

describe('a compiled member by its principal', () => {
  it.each([
    ['role', { iamRole: 'arn:aws:iam::777788889999:role/batch/ann' }],
    ['user', { iamUser: 'arn:aws:iam::777788889999:user/people/ann' }],
  ])('is a %s by account and last name', (principal, member) => {
    expect(compiled(member)).toStrictEqual({
      team: 'payments',
      name: 'added',
      kind: 'iam',
      account: '777788889999',
      principal,
      principalName: 'ann',
    });
  });

  it.each([
    ['role', { iamRole: 'arn:aws:iam::777788889999:role/ann', iamRoleId: 'AROAEXAMPLE' }],
    ['user', { iamUser: 'arn:aws:iam::777788889999:user/ann', iamUserId: 'AIDAEXAMPLE' }],
  ])('A12: is pinned to a %s by its id', (_, member) => {
    const uniqueId = Object.values(member)[1];

    expect(compiled(member)).toMatchObject({ uniqueId });
  });

  it('counts until an instant', () => {
    const iamRole = 'arn:aws:iam::777788889999:role/ann';

    expect(compiled({ iamRole, notAfter: '2027-01-31T00:00:00Z' }).notAfterMs).toBe(
      Date.UTC(2027, 0, 31),
    );
  });
});

describe('a member that no check has let through', () => {
  it.each([
    ['of no issuer', { issuer: 'nobody', subject: 'a' }, 'a member of no issuer'],
    ['A1: with half a name', { issuer: 'cluster', subject: 'a*' }, 'an unreadable condition'],
    ['A12: by root', { iamRole: 'arn:aws:iam::777788889999:root' }, 'an unreadable principal'],
    ['by nothing', {}, 'an unreadable principal'],
  ])('is not compiled %s', (_, member, message) => {
    expect(() => compiled(member)).toThrow(`${message} passed the registry check`);
  });
});
