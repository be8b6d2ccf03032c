import { ClientError, type ClientErrorReason } from './client-error.ts';

/** The end of the time that one attempt may take. */
export interface Deadline {
  /** Aborted when time is up, or the caller takes back the call. */
  readonly signal: AbortSignal;
  /**
   * Resolves as `promise` does, unless time is up or the call is taken back first. Then it rejects with
   * `late`, or with `abandoned`.
   *
   * @param late What did not come in time: `timeout`, which is the API, unless said.
   */
  bound<T>(promise: Promise<T>, late?: ClientErrorReason): Promise<T>;
  /** To be called when the attempt is over: a timer would keep the process alive. */
  clear(): void;
}

/**
 * Starts the time of an attempt. It is measured twice: by a timer, and by the wall clock when there is
 * a result, since timers stand still while a machine is frozen and an answer from before is of no use.
 */
export function startDeadline(options: {
  readonly timeoutMs: number;
  readonly clock: () => Date;
  /** The caller's own, which ends the attempt as `abandoned`. */
  readonly signal?: AbortSignal | undefined;
}): Deadline {
  const { timeoutMs, clock, signal: outer } = options;
  const endsAtMs = clock().getTime() + timeoutMs;
  const controller = new AbortController();
  const { signal } = controller;
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  outer?.addEventListener('abort', abort, { once: true });
  if (outer?.aborted) abort();

  const isLate = (): boolean => signal.aborted || clock().getTime() > endsAtMs;
  const end = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

  return {
    signal,
    async bound(promise, late = 'timeout') {
      const failure = (): ClientError => new ClientError(outer?.aborted ? 'abandoned' : late);
      const ended = end.then(() => Promise.reject(failure()));
      try {
        const value = await Promise.race([promise, ended]);
        if (!isLate()) return value;
      } catch (error) {
        if (!isLate()) throw error;
      }
      throw failure();
    },
    clear() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}
