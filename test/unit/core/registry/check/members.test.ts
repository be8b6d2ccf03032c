import { describe, expect, it } from 'vitest';
import { findingsWith } from '../../../../builders/drafts.ts';
import { problemsWith, withMember } from '../../../../builders/registry-files.ts';

const place = 'teams.payments.members.added';

describe('a member', () => {
  it.each([
    ['nobody', {}, ''],
    [
      'a caller of two kinds',
      { issuer: 'cluster', subject: 'a', iamRole: 'arn:aws:iam::111122223333:role/a' },
      '',
    ],
    [
      'a role and a user',
      { iamRole: 'arn:aws:iam::111122223333:role/a', iamUser: 'arn:aws:iam::111122223333:user/a' },
      '',
    ],
    ['a caller of an unknown issuer', { issuer: 'nowhere', subject: 'a' }, '.issuer'],
    [
      'a role with a subject',
      { iamRole: 'arn:aws:iam::111122223333:role/a', subject: 'a' },
      '.subject',
    ],
    [
      'a role with the id of a user',
      { iamRole: 'arn:aws:iam::111122223333:role/a', iamUserId: 'AIDAEXAMPLEEXAMPLE12' },
      '.iamUserId',
    ],
  ])('is not %s', (_, member, below) => {
    expect(findingsWith(withMember(member))).toEqual([`error ${place}${below}`]);
  });
});

describe('a condition', () => {
  const subjectPlaces = (subject: string) =>
    findingsWith(withMember({ issuer: 'cluster', subject }));

  it.each([
    ['A1: alternatives', 'main|develop*'],
    ['A1: a pattern in the middle', 'repo:acme/*:ref:refs/heads/main'],
    ['A1: a pattern that cuts a segment', 'repo:acme/pay*'],
    ['A1: two stars', 'repo:acme/**'],
    ['everything', '*'],
    ['A2: a line feed at the end', 'system:serviceaccount:payments:api\n'],
    ['A2: a space at the end', 'system:serviceaccount:payments:api '],
    ['A2: a character of no width', 'system:serviceaccount:pay\u200bments:api'],
    ['A2: text that runs backwards', 'system:\u202eserviceaccount'],
    ['A2: NUL', 'system:\0'],
  ])('on the subject is not %s', (_, subject) => {
    expect(subjectPlaces(subject)).toEqual([`error ${place}.subject`]);
  });

  it.each(['a', 'a:*', 'a/b/*', 'main|develop', '^a.c$', 'https://login.example.com/*'])(
    'on the subject may be %s',
    (subject) => {
      expect(subjectPlaces(subject)).toEqual([]);
    },
  );

  it.each([
    ['claims without one', { subject: 'a', claims: {} }, '.claims'],
    ['neither subject nor claims', {}, ''],
    ['claims that are all patterns', { claims: { a: 'b:*', c: 'd/*' } }, ''],
    ['a pattern that cuts a segment', { claims: { a: 'b', c: 'd*' } }, '.claims.c'],
    ['A9: a number beyond 2^53', { claims: { a: 2 ** 53 } }, '.claims.a'],
    ['A9: a fraction, which no claim is compared with', { claims: { a: 1.5 } }, '.claims.a'],
    ['a pointer with a loose tilde', { claims: { '/a~b': 'c' } }, '.claims["/a~b"]'],
    ['the subject among the claims', { claims: { sub: 'a' } }, '.claims.sub'],
    [
      'the issuer among the claims',
      { claims: { iss: 'https://issuer.example.com' } },
      '.claims.iss',
    ],
    ...['exp', 'nbf', 'iat', 'jti'].map((key): [string, object, string] => [
      `a claim that differs in every token: ${key}`,
      { claims: { a: 'b', [key]: 'c' } },
      `.claims.${key}`,
    ]),
  ])('is not %s', (_, conditions, below) => {
    expect(findingsWith(withMember({ issuer: 'cluster', ...conditions }))).toEqual([
      `error ${place}${below}`,
    ]);
  });

  it.each([
    ['a truth value', { claims: { admin: true } }],
    ['a number', { claims: { level: 3 } }],
    ['a name that objects have', { claims: { constructor: 'a' } }],
    ['a name with a tilde, which is no pointer', { claims: { 'a~b': 'c' } }],
    ['a pointer', { claims: { '/realm_access/roles': 'admin', '/a~1b': 'c' } }],
    ['a pattern beside an exact claim', { claims: { a: 'b', c: 'd:*' } }],
  ])('may be %s', (_, conditions) => {
    expect(findingsWith(withMember({ issuer: 'cluster', ...conditions }))).toEqual([]);
  });
});

describe('an IAM caller', () => {
  it('is refused with a sentence', () => {
    const problems = problemsWith(withMember({ iamRole: 'payments-nightly' }));

    expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/^[A-Z].*\.$/)]);
  });

  it.each([
    ['A12: root', { iamRole: 'arn:aws:iam::111122223333:root' }, '.iamRole'],
    ['A12: root as a user', { iamUser: 'arn:aws:iam::111122223333:root' }, '.iamUser'],
    [
      'A12: a federated user',
      { iamUser: 'arn:aws:sts::111122223333:federated-user/a' },
      '.iamUser',
    ],
    ['A12: a session', { iamRole: 'arn:aws:sts::111122223333:assumed-role/a/session' }, '.iamRole'],
    ['every role', { iamRole: 'arn:aws:iam::111122223333:role/*' }, '.iamRole'],
    ['roles by path', { iamRole: 'arn:aws:iam::111122223333:role/*/a' }, '.iamRole'],
    ['a user as a role', { iamRole: 'arn:aws:iam::111122223333:user/a' }, '.iamRole'],
    ['another partition', { iamRole: 'arn:aws-mars:iam::111122223333:role/a' }, '.iamRole'],
    [
      'the account in the wrong partition',
      { iamRole: 'arn:aws-cn:iam::111122223333:role/a' },
      '.iamRole',
    ],
    [
      'the account in the wrong partition, for a user',
      { iamUser: 'arn:aws-cn:iam::111122223333:user/a' },
      '.iamUser',
    ],
    [
      'the id of a user for a role',
      { iamRole: 'arn:aws:iam::111122223333:role/a', iamRoleId: 'AIDAEXAMPLEEXAMPLE12' },
      '.iamRoleId',
    ],
    [
      'the id of a role for a user',
      { iamUser: 'arn:aws:iam::111122223333:user/a', iamUserId: 'AROAEXAMPLEEXAMPLE12' },
      '.iamUserId',
    ],
  ])('is not %s', (_, member, below) => {
    expect(findingsWith(withMember(member))).toEqual([`error ${place}${below}`]);
  });

  it.each([
    ['a role below a path', { iamRole: 'arn:aws:iam::111122223333:role/a/b/c' }],
    [
      'a role by its id',
      { iamRole: 'arn:aws:iam::111122223333:role/a', iamRoleId: 'AROAEXAMPLEEXAMPLE12' },
    ],
    [
      'a user by its id',
      { iamUser: 'arn:aws:iam::111122223333:user/a', iamUserId: 'AIDAEXAMPLEEXAMPLE12' },
    ],
    ['a role in another account and partition', { iamRole: 'arn:aws-cn:iam::777788889999:role/a' }],
  ])('may be %s', (_, member) => {
    expect(findingsWith(withMember(member))).toEqual([]);
  });
});
