import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { JwtIdentity } from '../../core/identity.ts';
import { encodeIdentity } from '../../core/jwt-identity.ts';
import { aCaller } from './callers.ts';

/** The id of the API that handlers under test belong to. */
export const ourApiId = 'a1b2c3d4e5';

/** What a test may want to say about a proxy event; the rest is as API Gateway sends it. */
export interface EventParts {
  readonly resource?: string;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, readonly string[]>>;
  readonly path?: Readonly<Record<string, string>>;
  readonly apiId?: string;
  /** The authorizer's context; by default what it passes on for `aCaller()`. */
  readonly authorizer?: Readonly<Record<string, unknown>> | null;
  /** What SigV4 verification fills in. */
  readonly iam?: {
    readonly accountId: string;
    readonly userArn: string;
    readonly caller: string;
  };
}

/** The authorizer's context for a caller. */
export function passedOn(identity: JwtIdentity = aCaller()): Record<string, unknown> {
  return { principalId: identity.subject, identity: encodeIdentity(identity) };
}

/** What API Gateway says about `anIamCaller()`. */
export const signedByNightly = {
  accountId: '111122223333',
  userArn: 'arn:aws:sts::111122223333:assumed-role/payments-nightly/run-1',
  caller: 'AROAEXAMPLEEXAMPLE12:run-1',
} as const;

/** A REST API proxy event (payload version 1.0) for `POST /v1/tokens`. */
export function anEvent(parts: EventParts = {}): APIGatewayProxyEvent {
  const { resource = '/v1/tokens', headers = {}, query } = parts;
  return {
    resource,
    path: resource,
    httpMethod: 'POST',
    headers: { ...headers },
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters:
      query === undefined
        ? null
        : Object.fromEntries(Object.entries(query).map(([name, values]) => [name, [...values]])),
    pathParameters: parts.path === undefined ? null : { ...parts.path },
    stageVariables: null,
    body: parts.body === undefined ? '{"database":"orders"}' : parts.body,
    isBase64Encoded: parts.isBase64Encoded ?? false,
    requestContext: requestContext(resource, parts),
  };
}

function requestContext(
  resource: string,
  parts: EventParts,
): APIGatewayProxyEvent['requestContext'] {
  const authorizer = parts.authorizer === undefined ? passedOn() : parts.authorizer;
  return {
    accountId: '444455556666',
    apiId: parts.apiId ?? ourApiId,
    authorizer: authorizer === null ? undefined : { ...authorizer },
    domainName: `${ourApiId}.execute-api.eu-west-1.amazonaws.com`,
    httpMethod: 'POST',
    identity: { ...anonymous, ...parts.iam },
    path: `/v1${resource}`,
    protocol: 'HTTP/1.1',
    requestId: 'request-1',
    requestTimeEpoch: 0,
    resourceId: 'abc123',
    resourcePath: resource,
    stage: 'live',
  };
}

const anonymous: APIGatewayProxyEvent['requestContext']['identity'] = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: '203.0.113.7',
  user: null,
  userAgent: 'curl/8.5.0',
  userArn: null,
};

/** Lambda's invocation context, with `leftMs` of its time left: enough, unless that is what is tested. */
export function aContext({ leftMs = 30_000 }: { readonly leftMs?: number } = {}): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'tokens',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:444455556666:function:tokens',
    memoryLimitInMB: '512',
    awsRequestId: 'invocation-1',
    logGroupName: '/aws/lambda/tokens',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => leftMs,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
