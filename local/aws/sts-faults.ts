/** One way in which the next request to the local STS goes wrong. */
export type StsFault =
  /** `Throttling`, as when the account's 600 requests a second are used up. */
  | { readonly kind: 'throttle' }
  /** `InternalFailure`, status 500. */
  | { readonly kind: 'error' }
  /** A right answer, but late. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Status 200 and a body that is not the protocol's. */
  | { readonly kind: 'garbage' }
  /** An answer to `AssumeRole` that lacks the time at which the session ends. */
  | { readonly kind: 'no-expiration' }
  /** No answer; the connection stays open until one side closes it. */
  | { readonly kind: 'hang' };

/** Faults that lie ahead: each hits one request, in the order in which they were planned. */
export interface StsFaults {
  next(fault: StsFault): void;
}

/** A queue of faults, and the way to take the one that is due. */
export function faultQueue(): StsFaults & { take(): StsFault | undefined } {
  const planned: StsFault[] = [];
  return {
    next: (fault) => {
      planned.push(fault);
    },
    take: () => planned.shift(),
  };
}
