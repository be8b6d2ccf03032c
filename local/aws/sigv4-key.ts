import type { AccessKey, KnownKeys } from './access-key.ts';
import { sameSecret } from './sigv4-signature.ts';

/** Whose key made a signature, or why it is not accepted. */
export type Verification<Reason> =
  | { readonly ok: true; readonly key: AccessKey }
  | { readonly ok: false; readonly reason: Reason };

/** What can be wrong between a signature and the key it names. */
export type KeyRefusal = 'unknown-key' | 'bad-signature' | 'wrong-session-token' | 'session-ended';

/** A signature, the key it names, and how to make it again. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly signature: string;
  readonly recompute: (secretAccessKey: string) => string;
}

/** The last half of every verification: the key behind a signature, and whether it is still good. */
export function verifyKey(
  { keys, now }: { readonly keys: KnownKeys; readonly now: Date },
  claim: SignatureClaim,
): Verification<KeyRefusal> {
  const key = keys.find(claim.accessKeyId);
  if (key === undefined) return { ok: false, reason: 'unknown-key' };
  if (!sameSecret(claim.recompute(key.secretAccessKey), claim.signature)) {
    return { ok: false, reason: 'bad-signature' };
  }
  const sessionToken = key.kind === 'session' ? key.sessionToken : '';
  if (!sameSecret(sessionToken, claim.sessionToken ?? '')) {
    return { ok: false, reason: 'wrong-session-token' };
  }
  return key.kind === 'session' && now >= key.expiresAt
    ? { ok: false, reason: 'session-ended' }
    : { ok: true, key };
}
