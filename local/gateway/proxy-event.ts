import type { APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Route } from './api-definition.ts';

/** An HTTP request as the gateway has received it whole. */
export interface ReceivedRequest {
  readonly requestId: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** In the order sent, names as sent. */
  readonly rawHeaders: readonly (readonly [string, string])[];
  readonly body: string;
  readonly sourceIp: string;
  readonly receivedAt: Date;
}

/** What SigV4 verification established, in the terms of `requestContext.identity`. */
export interface IamCaller {
  readonly accountId: string;
  readonly userArn: string;
  readonly caller: string;
  readonly accessKey: string;
}

export interface EventContext {
  readonly apiId: string;
  readonly accountId: string;
  readonly stage: string;
  readonly domainName: string;
}

/** Builds the REST proxy event (payload version 1.0) that API Gateway would send to the function. */
export function proxyEvent(
  request: ReceivedRequest,
  route: Route & { readonly pathParameters: Readonly<Record<string, string>> },
  context: EventContext,
  proof: { readonly iam?: IamCaller; readonly authorizer?: Readonly<Record<string, unknown>> },
): APIGatewayProxyEvent {
  return {
    ...requestParts(request, route),
    body: request.body === '' ? null : request.body,
    isBase64Encoded: false,
    requestContext: {
      ...contextParts(request, route, context, proof.iam),
      authorizer: proof.authorizer ?? null,
    },
  };
}

/** Builds the event for a REQUEST authorizer: the same request, without its body. */
export function authorizerEvent(
  request: ReceivedRequest,
  route: Route & { readonly pathParameters: Readonly<Record<string, string>> },
  context: EventContext & { readonly region: string },
): APIGatewayRequestAuthorizerEvent {
  const { region, accountId, apiId, stage } = context;
  const { path } = targetParts(request);
  return {
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}/${request.method}${path}`,
    ...requestParts(request, route),
    requestContext: {
      ...contextParts(request, route, context, undefined),
      authorizer: undefined,
    },
  };
}

function requestParts(
  request: ReceivedRequest,
  route: Route & { readonly pathParameters: Readonly<Record<string, string>> },
) {
  const { path, parameters } = targetParts(request);
  const query = grouped(parameters);
  const headers = grouped(request.rawHeaders);
  return {
    resource: route.resource,
    path,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: Object.keys(query).length === 0 ? null : lastOf(query),
    multiValueQueryStringParameters: Object.keys(query).length === 0 ? null : query,
    pathParameters: Object.keys(route.pathParameters).length === 0 ? null : route.pathParameters,
    stageVariables: null,
  };
}

function contextParts(
  request: ReceivedRequest,
  route: Route,
  context: EventContext,
  iam: IamCaller | undefined,
) {
  const { apiId, accountId, stage, domainName } = context;
  return {
    accountId,
    apiId,
    domainName,
    stage,
    domainPrefix: apiId,
    httpMethod: request.method,
    path: `/${stage}${targetParts(request).path}`,
    protocol: 'HTTP/1.1',
    requestId: request.requestId,
    extendedRequestId: request.requestId,
    requestTimeEpoch: request.receivedAt.getTime(),
    resourceId: route.resource,
    resourcePath: route.resource,
    identity: {
      accessKey: iam?.accessKey ?? null,
      accountId: iam?.accountId ?? null,
      caller: iam?.caller ?? null,
      user: iam?.caller ?? null,
      userArn: iam?.userArn ?? null,
      apiKey: null,
      apiKeyId: null,
      clientCert: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      userAgent: headerOf(request, 'user-agent') ?? null,
    },
  };
}

/** As sent, and not through the URL parser, which resolves dots and takes `//x` for a host. */
export function targetParts(request: ReceivedRequest): {
  readonly path: string;
  readonly parameters: readonly (readonly [string, string])[];
} {
  const [path = '', ...query] = request.target.split('?');
  return { path, parameters: [...new URLSearchParams(query.join('?'))] };
}

/** The last value of a header, by its name in lower case. */
export function headerOf(request: ReceivedRequest, name: string): string | undefined {
  return request.rawHeaders.findLast(([key]) => key.toLowerCase() === name)?.[1];
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
}

function lastOf(groups: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? '']),
  );
}
