import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { LRUCache } from 'lru-cache';
import type { KnownKeys } from '../aws/access-key.ts';
import { type SignatureRefusal, verifyRequest } from '../aws/sigv4.ts';
import type { IamCaller, ReceivedRequest } from './proxy-event.ts';

/** What authorization adds to the event, or the gateway response that it ends in. */
export type Authorization =
  | {
      readonly granted: true;
      readonly iam?: IamCaller;
      readonly authorizer?: Readonly<Record<string, unknown>>;
    }
  | { readonly granted: false; readonly response: string };

export type AuthorizerFunction = (
  event: APIGatewayRequestAuthorizerEvent,
) => Promise<APIGatewayAuthorizerResult>;

/** Checks SigV4 as an AWS_IAM route does, against the keys that the local STS knows. */
export function authorizeIam(
  request: ReceivedRequest,
  deps: { readonly keys: KnownKeys; readonly region: string; readonly clock: () => Date },
): Authorization {
  const headers = Object.fromEntries(
    request.rawHeaders.map(([name, value]) => [name.toLowerCase(), value]),
  );
  const verification = verifyRequest(
    { method: request.method, url: request.target, headers, body: Buffer.from(request.body) },
    { service: 'execute-api', region: deps.region, now: deps.clock(), keys: deps.keys },
  );
  if (!verification.ok) {
    return { granted: false, response: iamResponseOf(verification.reason) };
  }
  const { principal, accessKeyId } = verification.key;
  const { account, arn, userId } = principal;
  const iam = { accountId: account, userArn: arn, caller: userId, accessKey: accessKeyId };
  return { granted: true, iam };
}

function iamResponseOf(reason: SignatureRefusal): string {
  if (reason === 'unsigned') return 'MISSING_AUTHENTICATION_TOKEN';
  if (reason === 'session-ended') return 'EXPIRED_TOKEN';
  return 'INVALID_SIGNATURE';
}

interface CachedAnswer {
  readonly answer: APIGatewayAuthorizerResult;
  readonly untilMs: number;
}

/**
 * Asks the authorizer function, as a REQUEST authorizer with the Authorization header as identity
 * source: no header, no call; its answer is kept for the header's value and for every route.
 */
export function createJwtAuthorization(deps: {
  readonly authorizer: AuthorizerFunction;
  readonly ttlSeconds: number;
  readonly clock: () => Date;
}): (request: ReceivedRequest, event: APIGatewayRequestAuthorizerEvent) => Promise<Authorization> {
  const cache = new LRUCache<string, CachedAnswer>({ max: 1000 });

  const answerTo = async (
    header: string,
    event: APIGatewayRequestAuthorizerEvent,
  ): Promise<APIGatewayAuthorizerResult> => {
    const nowMs = deps.clock().getTime();
    const cached = cache.get(header);
    if (cached !== undefined && nowMs < cached.untilMs) return cached.answer;
    const answer = await deps.authorizer(event);
    cache.set(header, { answer, untilMs: nowMs + deps.ttlSeconds * 1000 });
    return answer;
  };

  return async (request, event) => {
    const header = allOf(request, 'authorization');
    if (header === '') return { granted: false, response: 'UNAUTHORIZED' };
    try {
      return granted(await answerTo(header, event), event.methodArn);
    } catch (error) {
      const refused = error instanceof Error && error.message === 'Unauthorized';
      return { granted: false, response: refused ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE' };
    }
  };
}

/** Every value of a header: two of them are another identity source than one alone. */
function allOf(request: ReceivedRequest, name: string): string {
  const values = request.rawHeaders.filter(([key]) => key.toLowerCase() === name);
  return values.map(([, value]) => value).join(',');
}

function granted(answer: APIGatewayAuthorizerResult, methodArn: string): Authorization {
  const allowed = answer.policyDocument.Statement.some(
    (statement) =>
      statement.Effect === 'Allow' &&
      'Resource' in statement &&
      [statement.Resource].flat().some((pattern) => coversArn(String(pattern), methodArn)),
  );
  if (!allowed) return { granted: false, response: 'ACCESS_DENIED' };
  const context = Object.entries(answer.context ?? {});
  if (context.some(([, value]) => typeof value === 'object')) {
    return { granted: false, response: 'AUTHORIZER_CONFIGURATION_ERROR' };
  }
  const { principalId } = answer;
  return { granted: true, authorizer: { principalId, ...Object.fromEntries(context) } };
}

function coversArn(pattern: string, arn: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.?+^$()[\]{}|\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(arn);
}
