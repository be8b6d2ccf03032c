import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../core/errors.ts';
import { problem, problemKinds } from '../../core/problem.ts';
import { apiBody } from './api-body.ts';

/** Every type there is (API Gateway Developer Guide, "Gateway response types"). */
const codes: Readonly<Record<string, ErrorCode>> = {
  ACCESS_DENIED: 'DENIED',
  API_CONFIGURATION_ERROR: 'INTERNAL',
  AUTHORIZER_CONFIGURATION_ERROR: 'UPSTREAM_UNAVAILABLE',
  AUTHORIZER_FAILURE: 'UPSTREAM_UNAVAILABLE',
  BAD_REQUEST_BODY: 'INVALID_REQUEST',
  BAD_REQUEST_PARAMETERS: 'INVALID_REQUEST',
  DEFAULT_4XX: 'INVALID_REQUEST',
  DEFAULT_5XX: 'INTERNAL',
  EXPIRED_TOKEN: 'UNAUTHENTICATED',
  INTEGRATION_FAILURE: 'UPSTREAM_UNAVAILABLE',
  INTEGRATION_TIMEOUT: 'UPSTREAM_UNAVAILABLE',
  INVALID_API_KEY: 'UNAUTHENTICATED',
  INVALID_SIGNATURE: 'UNAUTHENTICATED',
  MISSING_AUTHENTICATION_TOKEN: 'UNAUTHENTICATED',
  QUOTA_EXCEEDED: 'THROTTLED',
  REQUEST_TOO_LARGE: 'INVALID_REQUEST',
  RESOURCE_NOT_FOUND: 'INVALID_REQUEST',
  THROTTLED: 'THROTTLED',
  UNAUTHORIZED: 'UNAUTHENTICATED',
  UNSUPPORTED_MEDIA_TYPE: 'INVALID_REQUEST',
  WAF_FILTERED: 'DENIED',
};

/** RFC 9110 section 15.5.2: every 401, and no other answer. The scheme is that of the routes it is for. */
const challenges: Readonly<Record<string, string>> = {
  EXPIRED_TOKEN: "'AWS4-HMAC-SHA256'",
  INVALID_API_KEY: "'Bearer'",
  INVALID_SIGNATURE: "'AWS4-HMAC-SHA256'",
  MISSING_AUTHENTICATION_TOKEN: "'AWS4-HMAC-SHA256'",
  UNAUTHORIZED: "'Bearer'",
};

const responses = apiBody()['x-amazon-apigateway-gateway-responses'];

describe('what API Gateway answers by itself', () => {
  it('is set for every type of answer', () => {
    expect(Object.keys(responses).sort()).toEqual(Object.keys(codes).sort());
  });

  it.each(Object.entries(codes))('is our problem document for %s: %s', (type, code) => {
    const response = responses[type];
    const body = response?.responseTemplates['application/json'] ?? '';

    expect(JSON.parse(body)).toEqual(problem(code, '$context.requestId'));
    expect(response?.statusCode).toBe(String(problemKinds[code].status));
    expect(Object.keys(response?.responseTemplates ?? {})).toEqual(['application/json']);
  });

  it.each(Object.entries(codes))('has the headers of our own answers for %s', (type, code) => {
    const headers = { ...responses[type]?.responseParameters };
    const retryAfter = headers['gatewayresponse.header.Retry-After'];
    delete headers['gatewayresponse.header.Retry-After'];
    delete headers['gatewayresponse.header.WWW-Authenticate'];

    expect(headers).toEqual({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.Cache-Control': "'no-store'",
    });
    if (problemKinds[code].retryable) expect(retryAfter).toMatch(/^'[1-9]\d*'$/);
    else expect(retryAfter).toBeUndefined();
  });

  it.each(Object.entries(codes))('tells how to prove an identity where it asks: %s', (type) => {
    const challenge =
      responses[type]?.responseParameters['gatewayresponse.header.WWW-Authenticate'];

    expect(challenge).toBe(challenges[type]);
  });

  it('inserts nothing that a caller chooses, which API Gateway would not escape', () => {
    const inserted = Object.values(responses).flatMap(({ responseTemplates }) =>
      Object.values(responseTemplates).flatMap((body) => body.match(/\$[\w.]+/g) ?? []),
    );

    expect([...new Set(inserted)]).toEqual(['$context.requestId']);
  });
});
