import { describe, expect, it } from 'vitest';
import { iamIdentityOf } from '../../core/iam-identity.ts';
import { decodeIdentity } from '../../core/jwt-identity.ts';
import { sessionNameOf } from '../../core/session.ts';
import { parseVendRequest } from '../../core/vend-request.ts';
import { bearerToken } from '../../functions/authorizer/bearer-token.ts';
import { routesOf } from './api-body.ts';
import { openapi } from './openapi-document.ts';
import {
  authorizerSamples,
  proxySamples,
  type SampleProxyEvent,
  sampleNames,
  sampleText,
} from './sample-events.ts';

const proxies = [...proxySamples].map(([name, event]) => ({ name, event }));
const requests = [...proxySamples, ...authorizerSamples].map(([name, event]) => ({ name, event }));

/** How the caller of a sample is proven, as far as API Gateway tells a function. */
function proofOf({ requestContext }: SampleProxyEvent): string {
  if (requestContext.authorizer !== undefined) return 'jwt';
  return requestContext.identity.userArn === null ? 'none' : 'iam';
}

describe('the sample events', () => {
  it('show every route of openapi.yaml, with its kind of caller', () => {
    const shown = new Set(
      proxies.map(({ event }) => `${event.httpMethod} ${event.resource} ${proofOf(event)}`),
    );

    expect([...shown].sort()).toEqual(
      routesOf(openapi.paths)
        .map(({ method, path, auth }) => `${method} ${path} ${auth}`)
        .sort(),
    );
  });

  it.each(requests)('$name agrees with itself', ({ event }) => {
    const { requestContext: context } = event;
    const path = Object.entries(event.pathParameters ?? {}).reduce(
      (pattern, [name, value]) => pattern.replace(`{${name}}`, value),
      event.resource,
    );

    expect(event.path).toBe(path);
    expect(context).toMatchObject({
      path: `/${context.stage}${path}`,
      resourcePath: event.resource,
      httpMethod: event.httpMethod,
      domainName: event.headers.Host,
      requestTimeEpoch: Date.parse('2027-01-15T09:30:00Z'),
      identity: { sourceIp: event.headers['X-Forwarded-For'] },
    });
    expect(event.multiValueHeaders).toEqual(inLists(event.headers));
    expect(event.multiValueQueryStringParameters).toEqual(inLists(event.queryStringParameters));
  });

  it.each(proxies.filter(({ event }) => event.body !== null))(
    '$name has a body that the code accepts',
    ({ event }) => {
      expect(parseVendRequest(event.body).database).toBe('orders');
    },
  );

  it.each(proxies.filter(({ event }) => proofOf(event) === 'jwt'))(
    '$name carries an identity as the authorizer writes it',
    ({ event }) => {
      const { authorizer } = event.requestContext;

      const identity = decodeIdentity(authorizer?.identity ?? '');

      expect(identity.subject).toBe('system:serviceaccount:payments:api');
      expect(authorizer?.principalId).toBe(sessionNameOf(identity));
    },
  );

  it.each([
    ['tokens-iam', 'role', 'payments-nightly'],
    ['databases-iam', 'role', 'payments-nightly'],
    ['whoami-iam', 'role', 'payments-nightly'],
    ['tokens-iam-user', 'user', 'backup'],
  ])('%s comes from the %s %s', (name, principal, principalName) => {
    const { identity } = proxySamples.get(name)?.requestContext ?? {};

    expect(identity && iamIdentityOf(identity)).toMatchObject({ principal, principalName });
  });

  it('ask the authorizer with a token and without one', () => {
    const bearers = [...authorizerSamples].map(([name, event]) => [name, bearerToken(event)]);

    expect(Object.fromEntries(bearers)).toEqual({
      authorizer: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      'authorizer-no-header': undefined,
    });
  });

  it.each(sampleNames)('%s holds nothing real', (name) => {
    const text = sampleText(name);
    const jwts = text.match(/[\w-]+\.[\w-]{20,}\.[\w-]{20,}/g) ?? [];
    const accounts = text.match(/(?<!\d)\d{12}(?!\d)/g) ?? [];

    for (const jwt of jwts) {
      const claims = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString();
      expect(JSON.parse(claims)).toEqual({ note: 'not a real token' });
    }
    expect(accounts.filter((one) => !['999988887777', '111122223333'].includes(one))).toEqual([]);
  });
});

function inLists<T extends Readonly<Record<string, string>> | null>(
  values: T,
): Record<string, string[]> | null {
  if (values === null) return null;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
}
