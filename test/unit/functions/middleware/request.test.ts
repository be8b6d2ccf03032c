import { describe, expect, it } from 'vitest';
import {
  apiUrlOf,
  factsOf,
  identityOf,
  queryOf,
} from '../../../../functions/middleware/request.ts';
import { aCaller, anIamCaller } from '../../../builders/callers.ts';
import { anEvent, passedOn, signedByNightly } from '../../../builders/events.ts';

const refusal = (reason: string) => expect.objectContaining({ code: 'UNAUTHENTICATED', reason });
const forgedJwt = passedOn(aCaller({ subject: 'someone-else' }));

describe('identityOf', () => {
  it('reads a JWT caller from what the authorizer passed on', () => {
    const identity = identityOf(anEvent({ authorizer: passedOn(aCaller()) }));

    expect(identity).toEqual(aCaller());
  });

  it('reads an IAM caller from what API Gateway verified', () => {
    const event = anEvent({ resource: '/v1/iam/tokens', authorizer: null, iam: signedByNightly });

    expect(identityOf(event)).toEqual(anIamCaller());
  });

  it('A28: takes no JWT context on an IAM route', () => {
    const event = anEvent({ resource: '/v1/iam/tokens', authorizer: forgedJwt });

    expect(() => identityOf(event)).toThrow(refusal('identity-missing'));
  });

  it('A28: takes no IAM context on a JWT route', () => {
    const event = anEvent({ authorizer: null, iam: signedByNightly });

    expect(() => identityOf(event)).toThrow(refusal('identity-missing'));
  });

  it('A28: takes on each route only its own, where both are there', () => {
    const both = { authorizer: passedOn(), iam: signedByNightly };

    expect(identityOf(anEvent(both)).kind).toBe('jwt');
    expect(identityOf(anEvent({ ...both, resource: '/v1/iam/tokens' })).kind).toBe('iam');
  });

  it.each([
    ['no identity', {}],
    ['an object', { identity: { subject: 's' } }],
    ['a number', { identity: 7 }],
    ['claims of another authorizer', { claims: { sub: 's', iss: 'i' } }],
  ])('A28: refuses a context with %s', (_, authorizer) => {
    expect(() => identityOf(anEvent({ authorizer }))).toThrow(refusal('identity-missing'));
  });

  it.each(['', '{}', 'null', '{"subject":"s"}', '[]'])(
    'A28: refuses %j as an identity',
    (identity) => {
      expect(() => identityOf(anEvent({ authorizer: { identity } }))).toThrow(
        refusal('identity-unusable'),
      );
    },
  );

  it('decides by the route that API Gateway matched, not by the path that was asked for', () => {
    const event = { ...anEvent({ iam: signedByNightly }), path: '/v1/iam/tokens' };

    expect(identityOf(event).kind).toBe('jwt');
  });
});

describe('factsOf', () => {
  it('takes the address that API Gateway saw, and no header', () => {
    const headers = { 'X-Forwarded-For': '10.0.0.1', 'User-Agent': 'forged' };

    expect(factsOf(anEvent({ headers }))).toEqual({
      requestId: 'request-1',
      sourceIp: '203.0.113.7',
      userAgent: 'curl/8.5.0',
    });
  });
});

describe('A28: factsOf, for an event made up by hand', () => {
  it.each([
    null,
    {},
    { requestContext: null },
    { requestContext: { identity: null } },
    { requestContext: { requestId: 7, identity: { sourceIp: ['x'], userAgent: { a: 1 } } } },
  ])('takes texts and nothing else: %j', (forged) => {
    const facts: unknown = Reflect.apply(factsOf, undefined, [forged]);

    expect(facts).toEqual({ requestId: 'unknown', sourceIp: undefined, userAgent: undefined });
  });
});

describe('apiUrlOf', () => {
  it('is what the deployment fixes', () => {
    expect(apiUrlOf(anEvent(), 'https://tokens.example.com')).toBe('https://tokens.example.com');
  });

  it('is else the address of the API, with its stage', () => {
    const url = apiUrlOf(anEvent(), undefined);

    expect(url).toBe('https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/live');
  });

  it('is else the domain of its own under which it was called, which hides the stage', () => {
    const event = anEvent();
    event.requestContext.domainName = 'tokens.example.com';

    expect(apiUrlOf(event, undefined)).toBe('https://tokens.example.com');
  });

  it('ignores the Host header that a caller sends', () => {
    const url = apiUrlOf(anEvent({ headers: { Host: 'evil.example.com' } }), undefined);

    expect(url).not.toContain('evil');
  });
});

describe('queryOf', () => {
  it('reads what is allowed', () => {
    const query = queryOf(anEvent({ query: { limit: ['5'] } }), ['limit', 'cursor']);

    expect([...query]).toEqual([['limit', '5']]);
  });

  it('A14: refuses a parameter of which nothing is known but its name', () => {
    const event = { ...anEvent(), multiValueQueryStringParameters: { limit: undefined } };

    expect(() => queryOf(event, ['limit'])).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', reason: 'query-invalid' }),
    );
  });

  it.each([
    ['an unknown parameter', { roleArn: ['x'] }],
    ['a parameter twice', { limit: ['1', '2'] }],
    ['a parameter without a value', { limit: [] }],
    ['another case', { Limit: ['1'] }],
    ['an inherited name', { constructor: ['1'] }],
  ])('A14: refuses %s', (_, query) => {
    expect(() => queryOf(anEvent({ query }), ['limit'])).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', reason: 'query-invalid' }),
    );
  });
});
