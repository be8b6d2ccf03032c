import { describe, expect, it } from 'vitest';
import {
  type GithubRun,
  githubClaims,
  kubernetesClaims,
  workforceClaims,
} from '../../../../local/issuer/claims.ts';

const audience = 'https://tokens.example.com';

const aRun = (changes: Partial<GithubRun> = {}): GithubRun => ({
  repository: 'octocat/orders',
  repositoryId: '456789',
  ownerId: '123456',
  audience,
  ...changes,
});

describe('the claims of a GitHub job', () => {
  it.each<[string, Partial<GithubRun>, string]>([
    ['a branch', {}, 'repo:octocat/orders:ref:refs/heads/main'],
    ['a tag', { ref: 'refs/tags/v1' }, 'repo:octocat/orders:ref:refs/tags/v1'],
    ['a pull request', { eventName: 'pull_request' }, 'repo:octocat/orders:pull_request'],
    ['an environment', { environment: 'prod' }, 'repo:octocat/orders:environment:prod'],
    [
      'an environment in a pull request',
      { environment: 'prod', eventName: 'pull_request' },
      'repo:octocat/orders:environment:prod',
    ],
    [
      'a repository with ids in its subject',
      { subjectForm: 'immutable' },
      'repo:octocat-123456/orders-456789:ref:refs/heads/main',
    ],
  ])('A11: have the subject of %s', (_case, changes, subject) => {
    expect(githubClaims(aRun(changes)).sub).toBe(subject);
  });

  it('hold ids as text, whatever form the subject has', () => {
    const ids = { repository_id: '456789', repository_owner_id: '123456' };

    expect(githubClaims(aRun())).toMatchObject(ids);
    expect(githubClaims(aRun({ subjectForm: 'immutable' }))).toMatchObject(ids);
  });

  it('name an environment only where there is one', () => {
    expect(githubClaims(aRun())).not.toHaveProperty('environment');
    expect(githubClaims(aRun({ environment: 'prod' }))).toMatchObject({ environment: 'prod' });
  });
});

describe('the claims of a Kubernetes pod', () => {
  it('name the service account twice, and the audience in an array', () => {
    const claims = kubernetesClaims({ namespace: 'payments', serviceAccount: 'api', audience });

    expect(claims).toMatchObject({
      sub: 'system:serviceaccount:payments:api',
      aud: [audience],
      'kubernetes.io': { namespace: 'payments', serviceaccount: { name: 'api' } },
    });
  });
});

describe('the claims of a person', () => {
  it('have the address as subject, unless the provider uses ids', () => {
    const person = { email: 'engineer-1@example.com', groups: ['payments'], audience };

    expect(workforceClaims(person)).toMatchObject({ sub: person.email, groups: ['payments'] });
    expect(workforceClaims({ ...person, subject: '00u1' })).toMatchObject({ sub: '00u1' });
  });
});
