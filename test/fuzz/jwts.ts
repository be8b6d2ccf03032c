import fc from 'fast-check';
import { anyCharacter } from '../builders/any-character.ts';
import {
  aHandmadeJwt,
  aJwt,
  aSigner,
  audience,
  issuerUrl,
  nowSeconds,
  type Signer,
} from '../unit/adapters/jwt-fixtures.ts';

/** The signer that the issuer's entry names, and one that it does not. */
export const ours = await aSigner();
const theirs = await aSigner();

const odd = fc.oneof(
  fc.constantFrom<unknown>('', null, true, 0, -1, 1.5, 2 ** 53, [], {}, [issuerUrl], [audience]),
  fc.jsonValue({ maxDepth: 1 }),
);

const instants = fc.oneof(
  fc.integer({ min: nowSeconds - 1_000, max: nowSeconds + 1_000 }),
  fc.constantFrom(0, nowSeconds + 315_360_000, 9e15, -9e15),
);

const or = <T>(usual: T | fc.Arbitrary<T>, unusual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 5, arbitrary: usual instanceof fc.Arbitrary ? usual : fc.constant(usual) },
    { weight: 1, arbitrary: unusual },
  );

const claims = fc.record(
  {
    iss: or(issuerUrl, fc.oneof(fc.constantFrom(`${issuerUrl}/`, 'https://evil.example'), odd)),
    sub: or('workload-1', fc.oneof(odd, fc.string({ unit: anyCharacter }))),
    aud: or(audience, fc.oneof(fc.constantFrom([audience, 'x'], ['x'], 'x'), odd)),
    exp: or(instants, odd),
    iat: or(instants, odd),
    nbf: or(undefined, fc.oneof(instants, odd)),
    level: odd,
    a: odd,
    x: odd,
  },
  { requiredKeys: ['iss', 'sub', 'aud', 'exp', 'iat'] },
);

const headers = fc.dictionary(
  fc.constantFrom('kid', 'typ', 'cty', 'jku', 'x5u', 'jwk', 'b64', 'zip', 'enc'),
  odd,
);

const signers = fc.oneof(
  { weight: 4, arbitrary: fc.constant(ours) },
  { weight: 1, arbitrary: fc.constant(theirs) },
);
/** Claims, a header, and who signs: mostly as they should be. */
export const jwtParts = fc.tuple(claims, headers, signers);
/** The JWT of such parts. The library that signs refuses some headers of its own; they are then put together by hand. */
export const signed = ([said, header, signer]: [
  Record<string, unknown>,
  Record<string, unknown>,
  Signer,
]) => aJwt(signer, said, header).catch(() => aHandmadeJwt({ alg: 'ES256', ...header }, said, 'AA'));
