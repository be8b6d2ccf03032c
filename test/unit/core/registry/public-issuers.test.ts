import { describe, expect, it } from 'vitest';
import { publicIssuerOf } from '../../../../core/registry/public-issuers.ts';

const bitbucket = 'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc';
const microsoft = 'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0';

describe('A17: a well-known issuer that signs for everybody', () => {
  it.each([
    ['https://token.actions.githubusercontent.com', 'GitHub Actions', ['repository_id']],
    ['https://gitlab.com', 'GitLab.com', ['project_id']],
    [bitbucket, 'Bitbucket Pipelines', ['repositoryUuid']],
    ['https://oidc.circleci.com/org/0b7c-1', 'CircleCI', ['oidc.circleci.com/project-id']],
    ['https://app.terraform.io', 'HCP Terraform', ['terraform_workspace_id']],
    ['https://app.eu.terraform.io', 'HCP Terraform', ['terraform_workspace_id']],
    ['https://accounts.google.com', 'Google accounts', ['sub']],
    ['https://agent.buildkite.com', 'Buildkite', ['pipeline_id']],
    ['https://oidc.vercel.com', 'Vercel', ['project_id']],
    [microsoft, 'Microsoft personal accounts', ['sub', 'oid']],
    ['https://appleid.apple.com', 'Sign in with Apple', ['sub']],
  ])('at %s is %s, whose members are tied down by %j', (url, title, pins) => {
    expect(publicIssuerOf(url)).toMatchObject({ title, pins });
  });

  it.each([
    [
      'https://token.actions.githubusercontent.com',
      ['repository_owner_id', 'enterprise_id', 'repository', 'repository_owner'],
    ],
    ['https://gitlab.com', ['namespace_id', 'project_path', 'namespace_path']],
    [bitbucket, ['workspaceUuid']],
    ['https://oidc.circleci.com/org/0b7c-1', ['oidc.circleci.com/org-id', 'sub']],
    ['https://app.terraform.io', ['terraform_project_id', 'terraform_organization_id', 'sub']],
    ['https://accounts.google.com', ['hd', 'email']],
    ['https://agent.buildkite.com', ['organization_id', 'organization_slug']],
    ['https://oidc.vercel.com', ['owner_id']],
    [microsoft, []],
    ['https://appleid.apple.com', []],
  ])('at %s may be pinned to %j as well, and to nothing wider', (url, widerPins) => {
    expect(publicIssuerOf(url)?.widerPins).toEqual(widerPins);
  });

  it.each([
    ['an issuer of our own', 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE'],
    ['a URL that only starts like one', 'https://gitlab.com.example.com'],
    ['a server of the same software', 'https://gitlab.example.com'],
    ['a workspace of no name', bitbucket.replace('acme', '')],
    ['a workspace of two parts', bitbucket.replace('acme', 'acme/other')],
    ['something below the issuer of a workspace', `${bitbucket}/other`],
    ['the URL of a workspace in another', `https://example.com/${bitbucket}`],
    ['an organization of no name', 'https://oidc.circleci.com/org/'],
    ['an organization of two parts', 'https://oidc.circleci.com/org/0b7c-1/other'],
    [
      'the URL of an organization in another',
      'https://example.com/https://oidc.circleci.com/org/a',
    ],
    ['another region of an issuer', 'https://app.us.terraform.io'],
    ['something below an issuer', 'https://app.terraform.io/other'],
    ['the URL of an issuer in another', 'https://example.com/https://app.terraform.io'],
    ['the organizations at Microsoft', microsoft.replace('9188040d', '00000000')],
  ])('is not %s', (_, url) => {
    expect(publicIssuerOf(url)).toBeUndefined();
  });
});
