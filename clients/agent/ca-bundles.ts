import type { CaBundle, VendAnswer } from '../../core/vend-answer.ts';
import type { ApiClient } from '../api-client/api-client.ts';
import { ClientError } from '../api-client/client-error.ts';

/** The roots for a token's database, as PEM. Rejects with `ClientError`. */
export type CaPemFor = (answer: VendAnswer) => Promise<string>;

/**
 * Keeps the CA bundles by the hash that comes with every token: one is asked for once, and again when
 * AWS adds a root and the hash changes. Bounded by the number of targets.
 */
export function createCaBundles(api: Pick<ApiClient, 'ca'>): CaPemFor {
  const known = new Map<string, CaBundle>();
  return async ({ tls: { ca } }) => {
    const kept = known.get(ca.bundle);
    if (kept?.sha256 === ca.sha256) return kept.pem;
    const bundle = await api.ca(ca.bundle);
    // During a deployment the two answers may come from two versions: the next attempt agrees.
    if (bundle.sha256 !== ca.sha256) throw new ClientError('answer-inconsistent');
    known.set(ca.bundle, bundle);
    return bundle.pem;
  };
}
