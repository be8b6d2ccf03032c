import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VendError } from '../../core/errors.ts';
import type { JwtIdentity } from '../../core/identity.ts';
import { decodeIdentity, encodeIdentity } from '../../core/jwt-identity.ts';
import { anyCharacter } from '../builders/any-character.ts';
import { editedText, editedTree } from './edits.ts';
import { fuzz } from './fuzz.ts';

const scalars = fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.boolean());

/** Identities as the verifier makes them. */
const identities: fc.Arbitrary<JwtIdentity> = fc
  .record({
    issuer: fc.webUrl(),
    subject: fc.string({ unit: 'grapheme-ascii', minLength: 1 }),
    claims: fc.dictionary(fc.string(), fc.oneof(scalars, fc.array(scalars, { maxLength: 4 }))),
    expiresAt: fc.date({ noInvalidDate: true }),
    auditClaims: fc.dictionary(fc.string(), fc.string()),
    kid: fc.option(fc.string(), { nil: undefined }),
  })
  .map(({ claims, auditClaims, kid, ...rest }) => ({
    kind: 'jwt' as const,
    ...rest,
    claims: new Map(Object.entries(claims).filter(([, value]) => !Object.is(value, -0))),
    evidence: { auditClaims: { ...auditClaims }, ...(kid === undefined ? {} : { kid }) },
  }));

const sample = JSON.parse(
  encodeIdentity({
    kind: 'jwt',
    issuer: 'https://issuer.example.com',
    subject: 'workload-1',
    claims: new Map<string, string | readonly string[]>([
      ['ref', 'main'],
      ['groups', ['a', 'b']],
    ]),
    expiresAt: new Date(1_772_366_400_000),
    evidence: { kid: 'key-1', jti: 'j', auditClaims: { actor: 'ann' } },
  }),
);

const texts = fc.oneof(
  editedTree(sample, fc.jsonValue({ maxDepth: 2 })).map((tree) => JSON.stringify(tree)),
  editedText(fc.constant(JSON.stringify(sample)), fc.constantFrom(...'{}[]",:\\0eE')),
  fc.json(),
  fc.string({ unit: anyCharacter }),
);

function decoded(text: string): JwtIdentity | VendError {
  try {
    return decodeIdentity(text);
  } catch (error) {
    if (error instanceof VendError) return error;
    throw error;
  }
}

describe('the identity in the authorizer’s context', () => {
  fuzz(
    'arrives as it left',
    fc.property(identities, (identity) => {
      fc.pre(Buffer.byteLength(JSON.stringify([...identity.claims])) < 4_000);

      expect(decodeIdentity(encodeIdentity(identity))).toEqual(identity);
    }),
  );

  fuzz(
    'is refused, or one that the authorizer could have written',
    fc.property(texts, (text) => {
      const outcome = decoded(text);

      if (outcome instanceof VendError) expect(outcome.reason).toBe('identity-unusable');
      else expect(decodeIdentity(encodeIdentity(outcome))).toEqual(outcome);
    }),
  );

  it('is given texts of which some are taken and some are not', () => {
    const outcomes = fc.sample(texts, { seed: 1, numRuns: 300 }).map(decoded);

    const refused = outcomes.filter((one) => one instanceof VendError);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(outcomes.length);
  });
});
