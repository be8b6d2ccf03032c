import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { githubClaims, kubernetesClaims } from '../../../local/issuer/claims.ts';
import { repositoryId } from '../../../local/organization.ts';
import type { Chance } from '../world/chance.ts';
import { apiUrl, issuerUrls } from '../world/editions.ts';
import type { TrueTime } from '../world/true-time.ts';

/** How the issuers' key addresses answer. */
export const issuerMoods = ['well', 'slow', 'down', 'garbled'] as const;
export type IssuerMood = (typeof issuerMoods)[number];

/** Callers with a JWT; the fourth caller of a run, `nightly`, signs. */
export type JwtCaller = 'pod' | 'deployment' | 'stranger';

export interface IssuerPort {
  keysAt(address: string): Promise<unknown>;
  /** A JWT that is good for an hour, and the same one until ten minutes before its end. */
  issue(caller: JwtCaller): Promise<string>;
  setMood(mood: IssuerMood): void;
}

/** Longer than the time in which adapters/capped-fetch.ts has an answer or an error. */
const unansweredMs = 3_000;
const lifeSeconds = 3_600;
const renewBeforeSeconds = 600;

/** All issuers of a run share one key: that keys do not cross over is tested elsewhere. */
const { privateKey, publicKey } = await generateKeyPair('RS256');
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }] };

const claimsOf = {
  pod: kubernetesClaims({ namespace: 'payments', serviceAccount: 'api', audience: apiUrl }),
  stranger: kubernetesClaims({ namespace: 'billing', serviceAccount: 'batch', audience: apiUrl }),
  deployment: githubClaims({
    repository: 'example/payments',
    repositoryId,
    ownerId: '987654321',
    audience: apiUrl,
  }),
} as const;

export function createIssuerPort(deps: {
  readonly time: TrueTime;
  readonly chance: Chance;
}): IssuerPort {
  const { time, chance } = deps;
  const issued = new Map<JwtCaller, { readonly jwt: string; readonly atSeconds: number }>();
  let mood: IssuerMood = 'well';
  return {
    async keysAt() {
      await time.sleep(mood === 'slow' ? chance.below(2_500) : chance.below(60));
      if (mood === 'garbled') return '<html>';
      if (mood === 'down') await time.sleep(unansweredMs);
      if (mood === 'down') throw new Error('no answer');
      return jwks;
    },
    async issue(caller) {
      const atSeconds = Math.floor(time.nowMs() / 1000);
      const last = issued.get(caller);
      const lastIsGood =
        last !== undefined && atSeconds - last.atSeconds < lifeSeconds - renewBeforeSeconds;
      if (lastIsGood) return last.jwt;
      const jwt = await time.realWork.run(() => sign(caller, atSeconds));
      issued.set(caller, { jwt, atSeconds });
      return jwt;
    },
    setMood: (next) => {
      mood = next;
    },
  };
}

function sign(caller: JwtCaller, atSeconds: number): Promise<string> {
  const issuer = caller === 'deployment' ? issuerUrls.github : issuerUrls.kubernetes;
  return new SignJWT({ ...claimsOf[caller] })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer(issuer)
    .setIssuedAt(atSeconds)
    .setExpirationTime(atSeconds + lifeSeconds)
    .sign(privateKey);
}
