import { describe, expect, it } from 'vitest';
import { findingsWith } from '../../../../builders/drafts.ts';
import { withIssuer, withMember } from '../../../../builders/registry-files.ts';

const place = 'teams.payments.members.added';

describe('A17: a member of a public issuer', () => {
  it.each([
    ['https://gitlab.com', { project_id: '42' }],
    [
      'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
      { repositoryUuid: '{0b7c}' },
    ],
    ['https://oidc.circleci.com/org/0b7c', { 'oidc.circleci.com/project-id': '42' }],
    ['https://app.terraform.io', { terraform_workspace_id: 'ws-1' }],
    ['https://app.eu.terraform.io', { terraform_workspace_id: 'ws-1' }],
    ['https://agent.buildkite.com', { pipeline_id: '42' }],
    ['https://oidc.vercel.com', { project_id: 'prj_1' }],
  ])('of %s must fix the id of its own thing', (url, pinned) => {
    const changes = (claims: object) => ({
      ...withIssuer({ url }),
      ...withMember({ issuer: 'cluster', claims }),
    });

    expect(findingsWith(changes({ branch: 'main' }))).toContain(`error ${place}`);
    expect(findingsWith(changes({ branch: 'main', ...pinned }))).not.toContain(`error ${place}`);
  });

  it('of Google accounts must fix its subject', () => {
    const changes = (member: object) => ({
      ...withIssuer({ url: 'https://accounts.google.com' }),
      teams: {
        payments: { members: { api: { subject: '1' }, added: { issuer: 'cluster', ...member } } },
      },
    });

    expect(findingsWith(changes({ claims: { email_verified: true } }))).toEqual([`error ${place}`]);
    expect(findingsWith(changes({ subject: '110169484474386276334' }))).toEqual([]);
  });

  it.each([
    ['nothing of its own', { ref: 'refs/heads/main' }],
    [
      'a reusable workflow, which anybody may call',
      { ref: 'refs/heads/main', job_workflow_ref: 'acme/ci/.github/workflows/a.yml@main' },
    ],
    ['its repository by a pattern', { repository_id: '1:*', ref: 'refs/heads/main' }],
    ['its repository by another name', { repository: 'acme/payments', ref: 'refs/heads/main' }],
  ])('is refused when it fixes %s', (_, claims) => {
    expect(findingsWith(withMember({ issuer: 'github', claims }))).toEqual([`error ${place}`]);
  });

  it('is refused when it has a subject only: names can be registered again by others', () => {
    const subject = 'repo:acme/payments:ref:refs/heads/main';

    expect(findingsWith(withMember({ issuer: 'github', subject }))).toEqual([`error ${place}`]);
  });

  it('may fix a wider claim where the issuer entry pins that', () => {
    const changes = {
      ...withIssuer({ pin: ['repository_owner_id', 'repository_id'] }, 'github'),
      ...withMember({
        issuer: 'github',
        claims: { repository_owner_id: '9', ref: 'refs/heads/main' },
      }),
    };

    expect(findingsWith(changes)).toEqual([]);
  });

  it('is not blamed for a pin that cannot be read', () => {
    const changes = {
      ...withIssuer({ pin: 5 }, 'github'),
      ...withMember({
        issuer: 'github',
        claims: { repository_owner_id: '9', ref: 'refs/heads/main' },
      }),
    };

    expect(findingsWith(changes)).toEqual(['error issuers.github.pin']);
  });

  it('cannot be pinned to what every stranger can have', () => {
    const changes = withIssuer({ pin: ['repository_id', 'ref'] }, 'github');

    expect(findingsWith(changes)).toEqual(['error issuers.github.pin[1]']);
  });
});

describe('an issuer of our own', () => {
  it('needs no pin', () => {
    expect(findingsWith(withMember({ issuer: 'cluster', claims: { branch: 'main' } }))).toEqual([]);
  });

  it('may ask for one, of any name', () => {
    const changes = {
      ...withIssuer({ pin: ['tenant'] }),
      ...withMember({ issuer: 'cluster', subject: 'a' }),
    };

    expect(findingsWith(changes)).toEqual(['error teams.payments.members.api', `error ${place}`]);
  });
});

describe('A11: a GitHub member', () => {
  const placesFor = (subject: string | undefined, claims: object = {}) =>
    findingsWith(
      withMember({ issuer: 'github', subject, claims: { repository_id: '456789', ...claims } }),
    );

  it.each([
    ['repo:acme/payments:*'],
    ['repo:acme-123456/payments-456789:*'],
    ['repo:acme/payments:pull_request'],
    ['repo:acme-123456/payments-456789:pull_request'],
  ])('with the subject %s is warned about pull requests', (subject) => {
    expect(placesFor(subject)).toEqual([`warning ${place}.subject`]);
  });

  it.each([['repo:acme/*'], ['repo:acme-123456/*'], ['repo:*']])(
    'with the subject %s is warned about the whole organization as well',
    (subject) => {
      expect(placesFor(subject)).toEqual([`warning ${place}.subject`, `warning ${place}.subject`]);
    },
  );

  it.each([
    ['repo:acme/payments:ref:refs/heads/main'],
    ['repo:acme-123456/payments-456789:ref:refs/heads/main'],
    ['repo:acme/payments:ref:refs/heads/*'],
    ['repo:acme/payments:environment:production'],
    ['repo:acme-123456/payments-456789:environment:*'],
    ['repo:acme/payments:pull_request_reviews'],
    ['my-repo:acme/*'],
    ['my-repo:acme/payments:pull_request'],
  ])('with the subject %s is not', (subject) => {
    expect(placesFor(subject)).toEqual([]);
  });

  it.each([
    ['no further claim', {}, [`warning ${place}`]],
    ['any ref', { ref: 'refs/*' }, [`warning ${place}`]],
    ['pull request refs', { ref: 'refs/pull/*' }, [`warning ${place}`]],
    ['pull request events', { event_name: 'pull_request_target' }, [`warning ${place}`]],
    ['a branch', { ref: 'refs/heads/main' }, []],
    ['a branch called like a pull request', { ref: 'refs/heads/refs/pull/1' }, []],
    ['branches', { ref: 'refs/heads/*' }, []],
    ['an environment', { environment: 'production' }, []],
    ['pushes', { event_name: 'push' }, []],
  ])('without a subject and with %s is judged by its claims', (_, claims, places) => {
    expect(placesFor(undefined, claims)).toEqual(places);
  });

  it('is warned about a number in the place of its repository', () => {
    expect(placesFor(undefined, { repository_id: 456789, ref: 'refs/heads/main' })).toEqual([
      `warning ${place}.claims.repository_id`,
    ]);
  });

  it('is warned about a number, which GitHub never sends', () => {
    expect(placesFor(undefined, { ref: 'refs/heads/main', run_attempt: 1 })).toEqual([
      `warning ${place}.claims.run_attempt`,
    ]);
  });
});
