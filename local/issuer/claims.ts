/** Claims of one token. The issuer adds `iss`, `iat`, `nbf`, `exp` and `jti`. */
export type Claims = Readonly<Record<string, unknown>>;

/** What the Kubernetes API server puts into a projected service account token. */
export function kubernetesClaims(pod: {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly audience: string;
  /** Absent: the service account's name and `-0`. */
  readonly podName?: string;
}): Claims {
  const { namespace, serviceAccount } = pod;
  return {
    sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
    // An array even for one: the API server always writes one.
    aud: [pod.audience],
    'kubernetes.io': {
      namespace,
      node: { name: 'node-1', uid: '6f0b1b6e-8d0a-4f0e-9a55-0d6f1c2b7a01' },
      pod: {
        name: pod.podName ?? `${serviceAccount}-0`,
        uid: '3c5b9a52-41d8-47c5-8a35-6f3f0a9d2b02',
      },
      serviceaccount: { name: serviceAccount, uid: 'a1d7c0de-2f64-4b7e-b6c9-5e8d7f6a3c03' },
    },
  };
}

export interface GithubRun {
  /** `owner/name`; either can be renamed, and the old name taken by somebody else. */
  readonly repository: string;
  /** A number as text, as GitHub writes all its ids. */
  readonly repositoryId: string;
  readonly ownerId: string;
  readonly audience: string;
  /** Absent: `refs/heads/main`. */
  readonly ref?: string;
  /** Absent: `push`. A run for a pull request has the subject `…:pull_request`, whatever its ref. */
  readonly eventName?: 'push' | 'pull_request' | 'workflow_dispatch';
  /** Takes the place of ref and event in the subject. */
  readonly environment?: string;
  /** Repositories created or renamed since 2026-06-18 have ids in their subject. Absent: `legacy`. */
  readonly subjectForm?: 'legacy' | 'immutable';
}

/** What GitHub Actions puts into a job's token. */
export function githubClaims(run: GithubRun): Claims {
  const { ref = 'refs/heads/main', eventName = 'push', environment } = run;
  const [owner] = splitRepository(run.repository);
  return {
    sub: githubSubject({ ...run, ref, eventName }),
    aud: run.audience,
    repository: run.repository,
    repository_id: run.repositoryId,
    repository_owner: owner,
    repository_owner_id: run.ownerId,
    repository_visibility: 'private',
    ref,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    sha: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    event_name: eventName,
    ...(environment === undefined ? {} : { environment }),
    workflow: 'deploy',
    job_workflow_ref: `${run.repository}/.github/workflows/deploy.yml@${ref}`,
    runner_environment: 'github-hosted',
    run_id: '1234567890',
    run_number: '42',
    run_attempt: '1',
    actor: 'octocat',
    actor_id: '583231',
  };
}

function githubSubject(run: GithubRun): string {
  const [owner, name] = splitRepository(run.repository);
  const repository =
    run.subjectForm === 'immutable'
      ? `${owner}-${run.ownerId}/${name}-${run.repositoryId}`
      : run.repository;
  return `repo:${repository}:${githubContext(run)}`;
}

function githubContext({ environment, eventName, ref }: GithubRun): string {
  if (environment !== undefined) return `environment:${environment}`;
  return eventName === 'pull_request' ? 'pull_request' : `ref:${ref}`;
}

function splitRepository(repository: string): readonly [owner: string, name: string] {
  const at = repository.indexOf('/');
  return [repository.slice(0, at), repository.slice(at + 1)];
}

/** What a workforce identity provider puts into an id token. */
export function workforceClaims(person: {
  readonly email: string;
  readonly groups: readonly string[];
  readonly audience: string;
  /** Absent: the address; many providers have an opaque id here. */
  readonly subject?: string;
}): Claims {
  const { email, groups, audience, subject = email } = person;
  return { sub: subject, aud: audience, email, email_verified: true, groups };
}
