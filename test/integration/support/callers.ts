import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { type AwsCredentials, type CallerName, identityOf } from '../../../local/callers.ts';
import { region } from '../../../local/organization.ts';
import type { Stack } from '../../../local/stack.ts';
import { exchange, type HttpAnswer, type HttpRequest } from './http.ts';

type Headers = NonNullable<HttpRequest['headers']>;

/** The header of a caller with a JWT. */
export const bearer = (jwt: string): Headers => [['Authorization', `Bearer ${jwt}`]];

/** Asks for a token of the orders database, or for what `body` says. */
export function vend(
  stack: Pick<Stack, 'apiUrl'>,
  jwt: string,
  body: unknown = { database: 'orders' },
  more: { readonly headers?: Headers; readonly query?: string; readonly signal?: AbortSignal } = {},
): Promise<HttpAnswer> {
  const { headers = [], query = '', ...rest } = more;
  return exchange(stack.apiUrl, {
    method: 'POST',
    path: `/v1/tokens${query}`,
    headers: [...bearer(jwt), ...headers],
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...rest,
  });
}

/** {@link vend} for one of the organization's callers, with a JWT of this moment. */
export async function vendAs(
  stack: Stack,
  caller: CallerName,
  body?: unknown,
): Promise<HttpAnswer> {
  return vend(stack, await identityOf(stack, caller), body);
}

/** Asks for a token with a signature of the credentials. */
export async function vendSigned(
  stack: Stack,
  credentials: AwsCredentials,
  body: unknown = { database: 'orders' },
): Promise<HttpAnswer> {
  return exchangeSigned(stack, credentials, {
    method: 'POST',
    path: '/v1/iam/tokens',
    body: JSON.stringify(body),
  });
}

/** Sends a request that is signed as AWS SDKs sign for an API. */
export async function exchangeSigned(
  stack: Stack,
  credentials: AwsCredentials,
  asked: HttpRequest,
): Promise<HttpAnswer> {
  const { host, hostname, port, pathname, searchParams } = new URL(asked.path, stack.apiUrl);
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  const signed = await signer.sign({
    method: asked.method ?? 'GET',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: pathname,
    query: Object.fromEntries(
      [...searchParams.keys()].map((key) => [key, searchParams.getAll(key)]),
    ),
    headers: { host },
    body: asked.body,
  });
  const headers = Object.entries(signed.headers).filter(([name]) => name !== 'host');
  return exchange(stack.apiUrl, { ...asked, headers: [...headers, ...(asked.headers ?? [])] });
}
