import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VerifyJwt } from '../../adapters/jwt-verifier.ts';
import { VendError } from '../../core/errors.ts';
import type { JwtIdentity } from '../../core/identity.ts';
import {
  aJwt,
  anIssuer,
  audience,
  aVerifier,
  nowSeconds,
  type Signer,
} from '../unit/adapters/jwt-fixtures.ts';
import { editedText } from './edits.ts';
import { fuzz } from './fuzz.ts';
import { jwtParts, ours, signed } from './jwts.ts';

const good = await aJwt(ours);
const verify = aVerifier(
  anIssuer({ signers: [ours], claimKeys: ['level', '/a/b'], auditClaims: ['x'] }),
);

/** The identity, or the error; anything but a VendError is thrown on, and fails the test. */
async function judged(check: VerifyJwt, jwt: string): Promise<JwtIdentity | VendError> {
  try {
    return await check(jwt);
  } catch (error) {
    if (error instanceof VendError) return error;
    throw error;
  }
}

const isInTime = ({ exp, iat, nbf }: Record<string, unknown>): boolean =>
  [exp, iat].every(Number.isFinite) &&
  Number(exp) > nowSeconds - 60 &&
  Number(iat) < nowSeconds + 60 &&
  (nbf === undefined || Number(nbf) < nowSeconds + 60);

/** What has to be so, at the least, where a JWT is accepted. */
function expectDeserved(
  identity: JwtIdentity,
  said: Record<string, unknown>,
  signer: Signer,
): void {
  expect(signer).toBe(ours);
  expect([identity.issuer, identity.subject]).toEqual([said.iss, said.sub]);
  expect([said.aud].flat()).toContain(audience);
  expect(isInTime(said)).toBe(true);
  for (const value of [...identity.claims.values()].flat()) {
    expect(['string', 'number', 'boolean']).toContain(typeof value);
  }
  for (const value of Object.values(identity.evidence.auditClaims))
    expect(value).toBeTypeOf('string');
}

describe('the JWT verifier', () => {
  fuzz(
    'accepts what deserves it, whatever else the JWT says, and throws nothing but VendError',
    fc.asyncProperty(jwtParts, async (parts) => {
      const outcome = await judged(verify, await signed(parts));

      if (outcome instanceof VendError) expect(outcome.code).toBe('UNAUTHENTICATED');
      else expectDeserved(outcome, parts[0], parts[2]);
    }),
  );

  fuzz(
    'accepts no text that was changed after it was signed',
    fc.asyncProperty(
      editedText(fc.constant(good), fc.constantFrom(...'.AQgw_-=+/ \n\0é', '..', 'e30')),
      async (jwt) => {
        fc.pre(!isSameSignature(jwt, good));

        expect(await judged(verify, jwt)).toBeInstanceOf(VendError);
      },
    ),
  );

  fuzz(
    'accepts no noise, in one, three or five parts',
    fc.asyncProperty(
      fc.array(fc.oneof(fc.base64String(), fc.json().map(base64url)), { maxLength: 5 }),
      async (parts) => {
        expect(await judged(verify, parts.join('.'))).toMatchObject({ code: 'UNAUTHENTICATED' });
      },
    ),
  );

  it('is given JWTs of which some are accepted and some are not', async () => {
    const cases = await Promise.all(fc.sample(jwtParts, { seed: 1, numRuns: 200 }).map(signed));

    const outcomes = await Promise.all(cases.map((jwt) => judged(verify, jwt)));

    const refused = outcomes.filter((one) => one instanceof VendError);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(outcomes.length);
  });
});

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** Base64 has several spellings of the same bytes: the parts that were signed must be the same letter by letter. */
function isSameSignature(jwt: string, other: string): boolean {
  const [one, another] = [jwt.split('.'), other.split('.')];
  const bytes = (part = ''): string => Buffer.from(part, 'base64url').toString('hex');
  return (
    one.length === 3 &&
    one[0] === another[0] &&
    one[1] === another[1] &&
    bytes(one[2]) === bytes(another[2])
  );
}
