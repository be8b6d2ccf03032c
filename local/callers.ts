import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Claims, githubClaims, kubernetesClaims, workforceClaims } from './issuer/claims.ts';
import { region, repositoryId, roleArns, subjects } from './organization.ts';
import type { Stack } from './stack.ts';

/** The organization's callers with a JWT, by the name of their identity file. */
export type CallerName = 'orders-pod' | 'billing-pod' | 'deployment' | 'engineer';

/** A fresh JWT for one of the organization's callers, as its issuer would write it. */
export function identityOf(
  stack: Pick<Stack, 'issuers' | 'audience'>,
  caller: CallerName,
  expiresInSeconds = 3600,
): Promise<string> {
  const { issuers, audience } = stack;
  const { issuer, claims } = {
    'orders-pod': { issuer: issuers.kubernetes, claims: pod(subjects.ordersPod, audience) },
    'billing-pod': { issuer: issuers.kubernetes, claims: pod(subjects.billingPod, audience) },
    deployment: { issuer: issuers.github, claims: githubClaims({ ...deployRun, audience }) },
    engineer: { issuer: issuers.workforce, claims: workforceClaims({ ...engineer, audience }) },
  }[caller];
  return issuer.issue(claims, { expiresInSeconds });
}

function pod(subject: string, audience: string): Claims {
  const [, , namespace = '', serviceAccount = ''] = subject.split(':');
  return kubernetesClaims({ namespace, serviceAccount, audience });
}

const deployRun = { repository: 'example/payments', repositoryId, ownerId: '987654321' };
const engineer = { email: subjects.engineer, groups: ['engineering'] };

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Credentials of the nightly job's role, as its Lambda function would find them. */
export function nightlyCredentials(
  stack: Pick<Stack, 'credentials' | 'roles'>,
  durationSeconds = 3600,
): AwsCredentials {
  const role = stack.roles.get(roleArns.nightly);
  if (role === undefined) throw new Error('the organization has no nightly role');
  return stack.credentials.issueSession({ role, sessionName: 'nightly-run', durationSeconds });
}

/** Asks for a token with a JWT. */
export function requestWithJwt(stack: Stack, jwt: string, body: unknown): Promise<Response> {
  return fetch(`${stack.apiUrl}/v1/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${jwt}` },
    body: JSON.stringify(body),
  });
}

/** Asks for a token with AWS credentials, signed as AWS SDKs sign. */
export async function requestWithSigV4(
  stack: Stack,
  credentials: AwsCredentials,
  body: unknown,
): Promise<Response> {
  const { hostname, port, host } = new URL(stack.apiUrl);
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  const request = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/v1/iam/tokens',
    headers: { host, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { host: _, ...headers } = request.headers;
  return fetch(`${stack.apiUrl}/v1/iam/tokens`, { method: 'POST', headers, body: request.body });
}
