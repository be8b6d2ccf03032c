/** An issuer that signs for everybody who opens an account with it. */
export interface PublicIssuer {
  readonly title: string;
  readonly url: string | RegExp;
  /** Each of these alone ties a token to one tenant's own things; the default of `pin`. */
  readonly pins: readonly string[];
  /** Wider or reusable, but still one tenant's: accepted where the registry's `pin` names them. */
  readonly widerPins: readonly string[];
}

/**
 * The well-known issuer behind a URL, if it is one. A member of such an issuer must fix a claim that
 * only its own organization can hold: every other condition can be met by a stranger's account there.
 */
export function publicIssuerOf(url: string): PublicIssuer | undefined {
  return publicIssuers.find((one) =>
    typeof one.url === 'string' ? one.url === url : one.url.test(url),
  );
}

/**
 * Claims by each issuer's own documentation. Ids come first: a name can be registered again by
 * somebody else. Where the tenant is part of the URL, the claims narrow it to one project.
 */
const publicIssuers: readonly PublicIssuer[] = [
  {
    title: 'GitHub Actions',
    url: 'https://token.actions.githubusercontent.com',
    pins: ['repository_id'],
    // Not job_workflow_ref: anybody may call a public reusable workflow. Not sub: its form is the caller's choice.
    widerPins: ['repository_owner_id', 'enterprise_id', 'repository', 'repository_owner'],
  },
  {
    title: 'GitLab.com',
    url: 'https://gitlab.com',
    pins: ['project_id'],
    widerPins: ['namespace_id', 'project_path', 'namespace_path'],
  },
  {
    title: 'Bitbucket Pipelines',
    url: /^https:\/\/api\.bitbucket\.org\/2\.0\/workspaces\/[^/]+\/pipelines-config\/identity\/oidc$/,
    pins: ['repositoryUuid'],
    widerPins: ['workspaceUuid'],
  },
  {
    title: 'CircleCI',
    url: /^https:\/\/oidc\.circleci\.com\/org\/[^/]+$/,
    pins: ['oidc.circleci.com/project-id'],
    widerPins: ['oidc.circleci.com/org-id', 'sub'],
  },
  {
    title: 'HCP Terraform',
    url: /^https:\/\/app\.(?:eu\.)?terraform\.io$/,
    pins: ['terraform_workspace_id'],
    widerPins: ['terraform_project_id', 'terraform_organization_id', 'sub'],
  },
  {
    title: 'Google accounts',
    url: 'https://accounts.google.com',
    pins: ['sub'],
    widerPins: ['hd', 'email'],
  },
  {
    title: 'Buildkite',
    url: 'https://agent.buildkite.com',
    pins: ['pipeline_id'],
    widerPins: ['organization_id', 'organization_slug'],
  },
  {
    title: 'Vercel',
    url: 'https://oidc.vercel.com',
    pins: ['project_id'],
    widerPins: ['owner_id'],
  },
  {
    title: 'Microsoft personal accounts',
    url: 'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
    pins: ['sub', 'oid'],
    widerPins: [],
  },
  {
    title: 'Sign in with Apple',
    url: 'https://appleid.apple.com',
    pins: ['sub'],
    widerPins: [],
  },
];
