import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const text = z.string().nullable();
const headers = z.record(z.string(), z.string());
const lists = z.record(z.string(), z.array(z.string()));

const identity = z.strictObject({
  accessKey: text,
  accountId: text,
  caller: text,
  cognitoAuthenticationProvider: z.null(),
  cognitoAuthenticationType: z.null(),
  cognitoIdentityId: z.null(),
  cognitoIdentityPoolId: z.null(),
  principalOrgId: text,
  sourceIp: z.string(),
  user: text,
  userAgent: z.string(),
  userArn: text,
});

const requestContext = z.strictObject({
  accountId: z.string(),
  apiId: z.string(),
  authorizer: z
    .strictObject({
      identity: z.string(),
      principalId: z.string(),
      integrationLatency: z.number(),
    })
    .optional(),
  deploymentId: z.string(),
  domainName: z.string(),
  domainPrefix: z.string(),
  extendedRequestId: z.string(),
  httpMethod: z.string(),
  identity,
  path: z.string(),
  protocol: z.string(),
  requestId: z.uuid(),
  requestTime: z.string(),
  requestTimeEpoch: z.number(),
  resourceId: z.string(),
  resourcePath: z.string(),
  stage: z.string(),
});

const request = {
  resource: z.string(),
  path: z.string(),
  httpMethod: z.string(),
  headers,
  multiValueHeaders: lists,
  requestContext,
};

const proxyEvent = z.strictObject({
  ...request,
  queryStringParameters: headers.nullable(),
  multiValueQueryStringParameters: lists.nullable(),
  pathParameters: headers.nullable(),
  stageVariables: z.null(),
  body: text,
  isBase64Encoded: z.boolean(),
});
export type SampleProxyEvent = z.infer<typeof proxyEvent>;

const authorizerEvent = z.strictObject({
  ...request,
  type: z.literal('REQUEST'),
  methodArn: z.string(),
  queryStringParameters: headers,
  multiValueQueryStringParameters: lists,
  pathParameters: headers,
  stageVariables: headers,
});

const folder = new URL('../../events/', import.meta.url);
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));

/** The text of one sample. */
export function sampleText(name: string): string {
  return readFileSync(new URL(`${name}.json`, folder), 'utf8');
}

/** The names of all samples in `events/`. */
export const sampleNames: readonly string[] = names;

/** Proxy integration events by name, each in the exact shape of a REST API's. */
export const proxySamples: ReadonlyMap<string, SampleProxyEvent> = new Map(
  names
    .filter((name) => !name.startsWith('authorizer'))
    .map((name) => [name, proxyEvent.parse(JSON.parse(sampleText(name)))]),
);

/** REQUEST authorizer events by name. */
export const authorizerSamples: ReadonlyMap<string, z.infer<typeof authorizerEvent>> = new Map(
  names
    .filter((name) => name.startsWith('authorizer'))
    .map((name) => [name, authorizerEvent.parse(JSON.parse(sampleText(name)))]),
);
