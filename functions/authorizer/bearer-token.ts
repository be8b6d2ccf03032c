import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

type Headers = Pick<APIGatewayRequestAuthorizerEvent, 'headers' | 'multiValueHeaders'>;

/**
 * The token of `Authorization: Bearer …` (RFC 6750 section 2.1), in any case of name and scheme.
 * `undefined` unless there is exactly one such header: of two, what we verify might not be what a
 * proxy before us has looked at.
 */
export function bearerToken(event: Headers): string | undefined {
  const [value, ...others] = authorizationOf(event);
  return others.length === 0 ? bearer.exec(value ?? '')?.[1] : undefined;
}

/** RFC 6750's `b64token`: holds neither spaces nor the comma that joins repeated headers. */
const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** `headers` keeps only the last of several, so it counts only where API Gateway sent nothing else. */
function authorizationOf({ headers, multiValueHeaders }: Headers): string[] {
  const all = multiValueHeaders ?? {};
  const every = Object.keys(all).length > 0 ? all : (headers ?? {});
  return Object.entries(every).flatMap(([name, value]) =>
    name.toLowerCase() === 'authorization' ? (value ?? []) : [],
  );
}
