import { signatureAlgorithms } from './algorithms.ts';
import {
  type Guard,
  isEither,
  isFilledListOf,
  isInteger,
  isListOf,
  isMatching,
  isObjectOf,
  isOneOf,
  isRecord,
  isText,
} from './guards.ts';
import type {
  ClaimScalar,
  IamMember,
  Issuer,
  IssuerKeys,
  JsonWebKey,
  JwtMember,
  Match,
  Member,
} from './model.ts';

const isScalar: Guard<ClaimScalar> = (value): value is ClaimScalar =>
  ['string', 'number', 'boolean'].includes(typeof value) && value !== '';

const isPrefix = isObjectOf<{ readonly prefix: string }>({ prefix: isMatching(/[:/]$/) });

const isMatch: Guard<Match> = isEither(
  isObjectOf<{ readonly exact: ClaimScalar }>({ exact: isScalar }),
  isPrefix,
);

const isJwk: Guard<JsonWebKey> = (value): value is JsonWebKey =>
  isRecord(value) && isText(value.kty) && !Object.hasOwn(value, 'd') && !Object.hasOwn(value, 'k');

const isKeys: Guard<IssuerKeys> = isEither(
  isObjectOf<Extract<IssuerKeys, { kind: 'inline' }>>({
    kind: isOneOf('inline'),
    jwks: isObjectOf<{ readonly keys: readonly JsonWebKey[] }>({ keys: isListOf(isJwk) }),
  }),
  isObjectOf<Extract<IssuerKeys, { kind: 'remote' }>>({ kind: isOneOf('remote'), jwksUri: isText }),
);

/** Whether a value is an issuer of a compiled registry. */
export const isIssuer = isObjectOf<Issuer>({
  name: isText,
  url: isText,
  audiences: isFilledListOf(isText),
  algorithms: isFilledListOf(isOneOf(...signatureAlgorithms)),
  keys: isKeys,
  maxTokenLifetimeSeconds: isInteger,
  claimKeys: isListOf(isText),
  auditClaims: isListOf(isText),
});

const isJwtMember = isObjectOf<JwtMember>(
  {
    kind: isOneOf('jwt'),
    team: isText,
    name: isText,
    issuerName: isText,
    issuer: isText,
    claims: isListOf(isObjectOf<JwtMember['claims'][number]>({ key: isText, match: isMatch })),
  },
  {
    subject: isEither(isObjectOf<{ readonly exact: string }>({ exact: isText }), isPrefix),
    notAfterMs: isInteger,
  },
);

const isIamMember = isObjectOf<IamMember>(
  {
    kind: isOneOf('iam'),
    team: isText,
    name: isText,
    account: isMatching(/^\d{12}$/),
    principal: isOneOf('role', 'user'),
    principalName: isText,
  },
  { uniqueId: isText, notAfterMs: isInteger },
);

/** A member that nothing leads to could not be filed (`member-keys.ts`). */
const isFindable: Guard<JwtMember> = (value): value is JwtMember =>
  isJwtMember(value) &&
  (value.subject !== undefined || value.claims.some(({ match }) => 'exact' in match));

/** Whether a value is a member of a compiled registry. */
export const isMember: Guard<Member> = isEither(isFindable, isIamMember);
