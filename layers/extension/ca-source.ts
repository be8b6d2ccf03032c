import type { ApiClient } from '../../clients/api-client/api-client.ts';
import type { CaBundle } from '../../core/vend-answer.ts';
import type { CaFiles } from './ca-files.ts';

/** A failed call stands for all that come within this time, so that a loop costs one call a second. */
const failureHeldMs = 1_000;

/**
 * CA bundles by name: what came with a token, else from the API, in one call for however many ask.
 * The function that is returned rejects with `ClientError`.
 */
export function createCaSource(deps: {
  readonly api: Pick<ApiClient, 'ca'>;
  readonly caFiles: Pick<CaFiles, 'find' | 'keep'>;
  /** Milliseconds since some instant: `performance.now`. */
  readonly monotonicMs: () => number;
}): (name: string) => Promise<CaBundle> {
  const { api, caFiles, monotonicMs } = deps;
  const calls = new Map<string, Promise<CaBundle>>();
  const failedAtMs = new Map<string, number>();

  const fetchOne = async (name: string): Promise<CaBundle> => {
    try {
      const bundle = await api.ca(name);
      caFiles.keep(bundle);
      forget(name);
      return bundle;
    } catch (error) {
      failedAtMs.set(name, monotonicMs());
      throw error;
    }
  };

  const forget = (name: string): void => {
    calls.delete(name);
    failedAtMs.delete(name);
  };

  return async (name) => {
    const known = caFiles.find(name);
    if (known !== undefined) return known;
    for (const [failed, atMs] of failedAtMs) {
      if (monotonicMs() - atMs >= failureHeldMs) forget(failed);
    }
    const call = calls.get(name) ?? fetchOne(name);
    calls.set(name, call);
    return call;
  };
}
