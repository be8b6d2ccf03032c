import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import type { JwtIdentity } from '../../core/identity.ts';
import { encodeIdentity } from '../../core/jwt-identity.ts';
import type { ClaimValue } from '../../core/registry/model.ts';
import { anyCharacter } from '../builders/any-character.ts';
import { anEvent } from '../builders/events.ts';
import { editedText } from './edits.ts';
import { tokenBodies } from './token-bodies.ts';

const cluster = 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
const workforce = 'https://login.example.com/tenant';
const github = 'https://token.actions.githubusercontent.com';

const subjects = fc.oneof(
  fc.constantFrom('system:serviceaccount:payments:api', 'ann@example.com'),
  fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
);

const claims = fc.constantFrom<Record<string, ClaimValue>>(
  {},
  { repository_id: '123456789', ref: 'refs/heads/main' },
  { '/realm/roles': ['dba'], level: 3, mfa: true },
  { '/realm/roles': 'dba', level: '3', mfa: true },
);

/** Callers of the served registry, and strangers; none has expired. */
const callers: fc.Arbitrary<JwtIdentity> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constant([cluster, 'system:serviceaccount:payments:api'] as const) },
    { weight: 1, arbitrary: fc.constant([workforce, 'ann@example.com'] as const) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(cluster, workforce, github), subjects) },
  )
  .chain(([issuer, subject]) =>
    claims.map((some) => ({
      kind: 'jwt' as const,
      issuer,
      subject,
      claims: new Map(Object.entries(some)),
      expiresAt: new Date(Date.UTC(2100, 0)),
      evidence: { auditClaims: {} },
    })),
  );

/** What stands in an authorizer's context: mostly what the authorizer wrote. */
const contexts: fc.Arbitrary<Record<string, unknown> | null> = fc.oneof(
  { weight: 6, arbitrary: callers.map((one) => ({ identity: encodeIdentity(one) })) },
  {
    weight: 1,
    arbitrary: callers.chain((one) =>
      editedText(fc.constant(encodeIdentity(one)), fc.constantFrom(...'{}[]",:\\0')).map(
        (identity) => ({ identity }),
      ),
    ),
  },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('identity', 'x'), fc.jsonValue()) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const headers = fc.dictionary(
  fc.constantFrom(
    'Authorization',
    'Host',
    'X-Forwarded-For',
    'Content-Type',
    'X-Request-Id',
    'via',
  ),
  fc.string({ unit: anyCharacter }),
);

const queries = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom('format', 'caFile', 'limit', 'cursor', 'user', '__proto__'),
      fc.array(fc.oneof(fc.constantFrom('json', 'token', 'env', '/ca.pem'), fc.string()), {
        maxLength: 2,
      }),
    ),
  },
);

const text = fc.string({ unit: anyCharacter });
const signed = fc.record({
  accountId: fc.oneof(fc.constantFrom('111122223333', '444455556666'), text),
  userArn: fc.oneof(
    fc.constantFrom(
      'arn:aws:sts::111122223333:assumed-role/nightly/run-1',
      'arn:aws:iam::444455556666:user/people/bob',
      'arn:aws:iam::444455556666:root',
    ),
    text,
  ),
  caller: fc.oneof(fc.constantFrom('AROAEXAMPLEEXAMPLE12:run-1', 'AIDAEXAMPLEEXAMPLE12'), text),
});

/** Requests for a token as API Gateway passes them on: it verifies the caller, and leaves the rest as it came. */
export const tokenEvents: fc.Arbitrary<APIGatewayProxyEvent> = fc
  .record({
    resource: fc.constantFrom('/v1/tokens', '/v1/iam/tokens'),
    authorizer: contexts,
    iam: signed,
    body: tokenBodies,
    isBase64Encoded: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.boolean()),
    headers,
    query: queries,
    sourceIp: fc.oneof(fc.constantFrom('203.0.113.7', '::1', '198.51.100.1'), text),
    requestId: text,
  })
  .map(({ query, iam, sourceIp, requestId, ...parts }) => {
    const event = anEvent({ ...parts, ...(query === undefined ? {} : { query }) });
    const isIam = parts.resource.startsWith('/v1/iam/');
    const who = { ...event.requestContext.identity, ...(isIam ? iam : {}), sourceIp };
    return { ...event, requestContext: { ...event.requestContext, requestId, identity: who } };
  });
