import { randomBytes, type webcrypto } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** The two that issuers in the field sign with (RFC 7518 section 3.1). */
export type SigningAlgorithm = 'RS256' | 'ES256';

export interface SigningKey {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly privateKey: webcrypto.CryptoKey;
  /** As published: public members, `kid`, `alg` and `use`. */
  readonly publicJwk: JWK;
}

export interface KeyRing {
  /** The newest key of an algorithm, or any key ever made by its `kid`, withdrawn ones too. */
  pick(wish: { readonly kid?: string; readonly alg?: SigningAlgorithm }): SigningKey;
  /** What the JWKS document shows, newest first. */
  published(): readonly JWK[];
  rotate(options?: RotateOptions): Promise<void>;
}

export interface RotateOptions {
  /** False takes the old keys out of the JWKS at once, as after a leak. Absent: they stay, as issuers do. */
  readonly keepOld?: boolean;
}

/** A ring with one key for each algorithm; the first is the one that tokens are signed with by default. */
export async function createKeyRing(algorithms: readonly SigningAlgorithm[]): Promise<KeyRing> {
  const defaultAlgorithm = algorithms[0];
  let current = await generateKeys(algorithms);
  let withdrawn: readonly SigningKey[] = [];
  return {
    pick({ kid, alg = defaultAlgorithm }) {
      const key = [...current, ...withdrawn].find((one) =>
        kid === undefined ? one.alg === alg : one.kid === kid,
      );
      if (key === undefined) throw new Error(`no signing key ${kid ?? alg}`);
      return key;
    },
    published: () => current.map(({ publicJwk }) => publicJwk),
    async rotate({ keepOld = true } = {}) {
      const next = await generateKeys(algorithms);
      withdrawn = keepOld ? withdrawn : [...current, ...withdrawn];
      current = keepOld ? [...next, ...current] : next;
    },
  };
}

function generateKeys(algorithms: readonly SigningAlgorithm[]): Promise<SigningKey[]> {
  return Promise.all(algorithms.map(generateKey));
}

async function generateKey(alg: SigningAlgorithm): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const kid = randomBytes(8).toString('hex');
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return { kid, alg, privateKey, publicJwk };
}
