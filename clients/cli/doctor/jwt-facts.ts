import { parseFields } from '../../api-client/fields.ts';

/** What a JWT says of itself, unverified: of its claims only those that trouble comes from. */
export interface JwtFacts {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly expiresAt: Date;
}

/** Reads a compact JWT (RFC 7519); `undefined` where it is none. No other claim leaves this file. */
export function jwtFacts(jwt: string): JwtFacts | undefined {
  const [, payload, ...rest] = jwt.trim().split('.');
  if (payload === undefined || rest.length !== 1) return undefined;
  try {
    const claims = parseFields(Buffer.from(payload, 'base64url').toString('utf8'));
    return {
      issuer: claims.text('iss'),
      audiences: audiencesIn(claims),
      expiresAt: new Date(claims.integer('exp', 0, latestSecond) * 1000),
    };
  } catch {
    return undefined;
  }
}

/** The last instant that a `Date` can hold (ECMA-262, "Time Values"), in seconds. */
const latestSecond = 8.64e12;

/** One text, or a list of them (RFC 7519 section 4.1.3). */
function audiencesIn(claims: ReturnType<typeof parseFields>): readonly string[] {
  try {
    return claims.texts('aud');
  } catch {
    return [claims.text('aud')];
  }
}
