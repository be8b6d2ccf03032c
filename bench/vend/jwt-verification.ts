import { createRemoteJWKSet, jwtVerify } from 'jose';
import { localAudience } from '../../local/function-environment.ts';
import { type Issuer, startIssuer } from '../../local/issuer/oidc-issuer.ts';
import { compared, type Measurement } from '../measurement.ts';
import { sideBySide } from '../side-by-side.ts';
import { authorizerFunction } from './authorizer-function.ts';
import { openProvingGround } from './proving-ground.ts';
import { callerSubject, registryOf } from './registry-of.ts';

const effort = { rounds: 15, calls: 500 };

/** A JWT verified by the authorizer with its issuer's keys at hand, against jose's `jwtVerify` alone. */
export async function measureJwtVerification(): Promise<Measurement> {
  const ground = await openProvingGround(() => new Date());
  const issuer = await startIssuer({ algorithms: ['RS256'] });
  try {
    const { url, jwksUri } = issuer;
    const jwt = await issuer.issue(
      { sub: callerSubject, aud: localAudience },
      { expiresInSeconds: 3600 },
    );
    const registry = registryOf(10, { url, keys: { kind: 'remote', jwksUri } });
    const authorize = authorizerFunction(await ground.environmentWith(registry));
    const contest = { subject: () => authorize(jwt), peer: bareVerification(issuer, jwt) };
    const figures = await sideBySide(contest, effort);
    return compared('JWT in the authorizer, warm key, p50 / bare jose', 'µs', figures);
  } finally {
    await issuer.close();
    await ground.close();
  }
}

/** The least that makes a JWT good: signature, issuer, audience, times. The keys are fetched once. */
function bareVerification({ url, jwksUri }: Issuer, jwt: string): () => Promise<unknown> {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  const expected = { issuer: url, audience: localAudience, algorithms: ['RS256'] };
  return () => jwtVerify(jwt, keys, expected);
}
