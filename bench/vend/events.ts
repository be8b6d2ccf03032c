import type { APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { encodeIdentity } from '../../core/jwt-identity.ts';
import { apiId } from '../../local/function-environment.ts';
import {
  authorizerEvent,
  proxyEvent,
  type ReceivedRequest,
} from '../../local/gateway/proxy-event.ts';
import { platformAccount, region } from '../../local/organization.ts';
import { callerSubject, clusterIssuer, databaseUser } from './registry-of.ts';

/** What API Gateway asks the authorizer about this JWT. */
export function authorizerEventWith(jwt: string): APIGatewayRequestAuthorizerEvent {
  const headers = [['Authorization', `Bearer ${jwt}`] as const];
  return authorizerEvent(received(headers, ''), route, { ...api, region });
}

/** The request of the registry's first team for a token, as the authorizer has let it through. */
export function tokensEvent(database: string): APIGatewayProxyEvent {
  const body = JSON.stringify({ database, user: databaseUser });
  const authorizer = { identity: callerIdentity() };
  return proxyEvent(received([['Content-Type', 'application/json']], body), route, api, {
    authorizer,
  });
}

const api = {
  apiId,
  accountId: platformAccount,
  stage: 'api',
  domainName: 'tokens.example.com',
} as const;

const route = {
  method: 'POST',
  resource: '/v1/tokens',
  auth: 'jwt',
  function: 'tokens',
  pathParameters: {},
} as const;

function received(rawHeaders: ReceivedRequest['rawHeaders'], body: string): ReceivedRequest {
  return {
    requestId: 'request',
    method: 'POST',
    target: '/v1/tokens',
    rawHeaders,
    body,
    sourceIp: '127.0.0.1',
    receivedAt: new Date(),
  };
}

/** Two hours: longer than any simulated time of the bench. */
const identityLifetimeMs = 2 * 3600 * 1000;

function callerIdentity(): string {
  return encodeIdentity({
    kind: 'jwt',
    issuer: clusterIssuer.url,
    subject: callerSubject,
    claims: new Map(),
    expiresAt: new Date(Date.now() + identityLifetimeMs),
    evidence: { kid: 'key-1', auditClaims: {} },
  });
}
