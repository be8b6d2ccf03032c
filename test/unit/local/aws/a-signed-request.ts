import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SessionKey, UserKey } from '../../../../local/aws/access-key.ts';
import { type SignedRequest, verifyRequest } from '../../../../local/aws/sigv4.ts';
import { type LocalAws, noon, region, roleOf, teamRoleArn } from './a-local-aws.ts';

const host = 'api.example.com';

export interface Wanted {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly service?: string;
  readonly region?: string;
}

/** Signs with the SDK's signer and puts the request on the wire as a client would. */
export async function signed(
  key: SessionKey | UserKey,
  wanted: Wanted = {},
): Promise<SignedRequest> {
  const {
    method = 'POST',
    path = '/v1/iam/tokens',
    query = {},
    body = '{"database":"orders"}',
  } = wanted;
  const signer = new SignatureV4({
    credentials: key,
    region: wanted.region ?? region,
    service: wanted.service ?? 'execute-api',
    sha256: Sha256,
  });
  const headers = { host, 'content-type': 'application/json', ...wanted.headers };
  const request = { method, protocol: 'https:', hostname: host, path, query, headers, body };
  const result = await signer.sign(request, { signingDate: noon });
  return {
    method,
    url: path + queryText(query),
    headers: Object.fromEntries(
      Object.entries(result.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: Buffer.from(body),
  };
}

function queryText(query: Record<string, string | string[]>): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

export function aSession(aws: LocalAws): SessionKey {
  return aws.credentials.issueSession({
    role: roleOf(aws, teamRoleArn),
    sessionName: 'api',
    durationSeconds: 3600,
  });
}

export function verify(aws: LocalAws, request: SignedRequest) {
  return verifyRequest(request, {
    service: 'execute-api',
    region,
    now: aws.now,
    keys: aws.credentials,
  });
}

export async function withoutDeclaredHash(key: SessionKey): Promise<SignedRequest> {
  const signer = new SignatureV4({
    credentials: key,
    region,
    service: 'execute-api',
    sha256: Sha256,
    applyChecksum: false,
  });
  const request = {
    method: 'POST',
    protocol: 'https:',
    hostname: host,
    path: '/',
    headers: { host },
    body: '{"a":1}',
  };
  const { headers } = await signer.sign(request, { signingDate: noon });
  return { method: 'POST', url: '/', headers, body: Buffer.from('{"a":1}') };
}
