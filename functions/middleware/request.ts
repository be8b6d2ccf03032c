import type { APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { RequestFacts } from '../../core/audit.ts';
import { VendError } from '../../core/errors.ts';
import { iamIdentityOf } from '../../core/iam-identity.ts';
import type { Identity } from '../../core/identity.ts';
import { decodeIdentity } from '../../core/jwt-identity.ts';

/**
 * What the audit record says about the request itself. A28: an event made up by hand may lack any of
 * it, or hold anything else in its place, and is still to be recorded.
 */
export function factsOf(
  event: APIGatewayProxyEvent | APIGatewayRequestAuthorizerEvent,
): RequestFacts {
  const { identity } = event?.requestContext ?? {};
  return {
    requestId: requestIdOf(event) ?? 'unknown',
    sourceIp: textOf(identity?.sourceIp),
    userAgent: textOf(identity?.userAgent),
  };
}

/** API Gateway's id of a request; `undefined` where an event that is made up has none, or no text. */
export function requestIdOf(
  event: APIGatewayProxyEvent | APIGatewayRequestAuthorizerEvent,
): string | undefined {
  return textOf(event?.requestContext?.requestId);
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/**
 * Who is asking. The route decides which proof counts, so that one kind can never pass for the other.
 *
 * @throws VendError `UNAUTHENTICATED`
 */
export function identityOf(event: APIGatewayProxyEvent): Identity {
  if (event.resource.startsWith('/v1/iam/')) return iamIdentityOf(event.requestContext.identity);
  const passedOn: unknown = event.requestContext.authorizer?.identity;
  if (typeof passedOn !== 'string') throw new VendError('UNAUTHENTICATED', 'identity-missing');
  return decodeIdentity(passedOn);
}

/** This API's base URL as the caller reached it, unless the deployment fixes one. */
export function apiUrlOf(event: APIGatewayProxyEvent, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const { domainName = '', stage } = event.requestContext;
  return domainName.includes('.execute-api.')
    ? `https://${domainName}/${stage}`
    : `https://${domainName}`;
}

/**
 * The query parameters, each given at most once and each one of `allowed`.
 *
 * @throws VendError `INVALID_REQUEST` `query-invalid`
 */
export function queryOf(
  event: APIGatewayProxyEvent,
  allowed: readonly string[],
): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  for (const [name, values = []] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    const [value, ...others] = values;
    if (value === undefined || others.length > 0 || !allowed.includes(name)) {
      throw new VendError('INVALID_REQUEST', 'query-invalid');
    }
    query.set(name, value);
  }
  return query;
}
