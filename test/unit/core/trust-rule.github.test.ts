import { describe, expect, it } from 'vitest';
import type { JwtMember } from '../../../core/registry/model.ts';
import { memberMatches } from '../../../core/trust-rule.ts';
import { aCaller } from '../../builders/callers.ts';
import { aClaimsMember, aMember } from '../../builders/registry.ts';

const github = 'https://token.actions.githubusercontent.com';

/** `sub` as GitHub writes it: by name, and by name and number in repositories made after June 2026. */
const subjects = {
  mainBranch: 'repo:acme/payments:ref:refs/heads/main',
  otherBranch: 'repo:acme/payments:ref:refs/heads/main-attacker',
  tag: 'repo:acme/payments:ref:refs/tags/main',
  pullRequest: 'repo:acme/payments:pull_request',
  environment: 'repo:acme/payments:environment:production',
  immutable: 'repo:acme-123456/payments-456789:ref:refs/heads/main',
  otherRepository: 'repo:acme/payments-fork:ref:refs/heads/main',
  otherOwner: 'repo:acme-evil/payments:ref:refs/heads/main',
} as const;

type Run = keyof typeof subjects;

const bySubject = (subject: NonNullable<JwtMember['subject']>): JwtMember =>
  aMember({ issuer: github, issuerName: 'github', subject });

const admittedBy = (member: JwtMember): string[] =>
  Object.entries(subjects)
    .filter(([, subject]) => memberMatches(member, aCaller({ issuer: github, subject })))
    .map(([run]) => run);

describe('A11: GitHub subjects', () => {
  it.each<[string, NonNullable<JwtMember['subject']>, Run[]]>([
    ['one branch', { exact: subjects.mainBranch }, ['mainBranch']],
    ['one environment, which replaces the ref', { exact: subjects.environment }, ['environment']],
    [
      'branches under a prefix',
      { prefix: 'repo:acme/payments:ref:refs/heads/' },
      ['mainBranch', 'otherBranch'],
    ],
    [
      'a whole repository, pull requests included',
      { prefix: 'repo:acme/payments:' },
      ['mainBranch', 'otherBranch', 'tag', 'pullRequest', 'environment'],
    ],
    [
      'an owner, but not one whose name goes on',
      { prefix: 'repo:acme/' },
      ['mainBranch', 'otherBranch', 'tag', 'pullRequest', 'environment', 'otherRepository'],
    ],
    ['the immutable form and no other', { exact: subjects.immutable }, ['immutable']],
  ])('admit %s', (_, subject, runs) => {
    expect(admittedBy(bySubject(subject))).toEqual(runs);
  });

  it('of the immutable form are no longer met by a rule for the old form', () => {
    const rule = bySubject({ prefix: 'repo:acme/' });

    expect(admittedBy(rule)).not.toContain('immutable' satisfies Run);
  });
});

describe('A11: GitHub claims', () => {
  const deployment = aClaimsMember(
    [
      { key: 'repository_id', match: { exact: '456789' } },
      { key: 'ref', match: { exact: 'refs/heads/main' } },
      { key: 'event_name', match: { exact: 'push' } },
    ],
    { issuer: github },
  );
  const claims = { repository_id: '456789', ref: 'refs/heads/main', event_name: 'push' };

  it.each<[string, Partial<typeof claims>, boolean]>([
    ['a push to main', {}, true],
    ['a repository that took over the name', { repository_id: '999' }, false],
    ['a pull request from a fork', { ref: 'refs/pull/7/merge', event_name: 'pull_request' }, false],
    ['pull_request_target, which runs on main', { event_name: 'pull_request_target' }, false],
    ['a branch that only starts so', { ref: 'refs/heads/main-attacker' }, false],
    ['a tag of that name', { ref: 'refs/tags/main' }, false],
  ])('pin the repository by number: %s', (_, changed, admitted) => {
    const caller = aCaller({
      issuer: github,
      subject: subjects.immutable,
      claims: { ...claims, ...changed },
    });

    expect(memberMatches(deployment, caller)).toBe(admitted);
  });

  it('survive a renamed repository, since the number stays', () => {
    const renamed = aCaller({
      issuer: github,
      subject: 'repo:acme/billing:ref:refs/heads/main',
      claims,
    });

    expect(memberMatches(deployment, renamed)).toBe(true);
  });
});
