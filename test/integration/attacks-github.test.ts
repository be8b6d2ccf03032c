import { describe, expect, it } from 'vitest';
import { type GithubRun, githubClaims } from '../../local/issuer/claims.ts';
import { repositoryId } from '../../local/organization.ts';
import { recordOutput } from '../builders/output.ts';
import { vend } from './support/callers.ts';
import { aHeldStack } from './support/held-stack.ts';
import { type HttpAnswer, outcomeOf, problemOf } from './support/http.ts';
import { editRegistry } from './support/registry-edits.ts';
import { lastRecord } from './support/test-stack.ts';

const { stack, clock } = await aHeldStack();

async function asRun(run: Partial<GithubRun>): Promise<HttpAnswer> {
  const usual = { repository: 'example/payments', repositoryId, ownerId: '987654321' };
  const claims = githubClaims({ ...usual, audience: stack.audience, ...run });
  return vend(stack, await stack.issuers.github.issue(claims, { expiresInSeconds: 300 }));
}

describe('A11: a run of GitHub Actions', () => {
  it.each<readonly [string, Partial<GithubRun>]>([
    [
      'for a pull request of the same repository',
      { eventName: 'pull_request', ref: 'refs/pull/7/merge' },
    ],
    [
      'for a pull request from a fork',
      { eventName: 'pull_request', ref: 'refs/pull/7/merge', ownerId: '1' },
    ],
    ['on another branch', { ref: 'refs/heads/feature' }],
    ['on a branch that is named like a longer main', { ref: 'refs/heads/main-attacker' }],
    ['on a tag called main', { ref: 'refs/tags/main' }],
    [
      'of the fork itself',
      { repository: 'attacker/payments', repositoryId: '666', ownerId: '666' },
    ],
    ['of who took the old name after a renaming', { repositoryId: '666' }],
    [
      'with the immutable subject of another repository',
      { repositoryId: '666', subjectForm: 'immutable' },
    ],
    [
      'in an environment, for another branch',
      { environment: 'production', ref: 'refs/heads/feature' },
    ],
  ])('is refused %s', async (_what, run) => {
    const answer = await asRun(run);

    expect(outcomeOf(answer)).toBe('403 DENIED');
    expect(problemOf(answer).hint).toBe('no-team');
  });

  it.each<readonly [string, Partial<GithubRun>]>([
    ['on main', {}],
    ['after the repository was renamed', { repository: 'example/payments-api' }],
    ['after it was handed to another owner', { repository: 'acquired/payments', ownerId: '5' }],
    ['with the immutable form of the subject', { subjectForm: 'immutable' }],
    ['in an environment', { environment: 'production' }],
  ])('is let in by its numeric id %s', async (_what, run) => {
    expect(outcomeOf(await asRun(run))).toBe('200');
  });

  it('leaves its run and its actor in the record', async () => {
    await asRun({});

    expect(lastRecord(stack).caller).toMatchObject({
      principal: 'repo:example/payments:ref:refs/heads/main',
      auditClaims: { run_id: '1234567890', actor: 'octocat' },
    });
  });

  it('is not let in by its subject alone: a registry that would is refused', async () => {
    const bySubject = '{ issuer: github, subject: "repo:example/payments:*" }';
    const byId = `{ issuer: github, claims: { repository_id: "${repositoryId}", ref: refs/heads/main } }`;
    await editRegistry(stack, clock, [[byId, bySubject]]);
    const output = recordOutput();

    const answer = await asRun({ ref: 'refs/heads/feature' });
    output.stop();

    expect(outcomeOf(answer)).toBe('403 DENIED');
    expect(output.text()).toContain('Fix repository_id to one exact value');
  });
});
