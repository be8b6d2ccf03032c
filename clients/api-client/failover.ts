import { ClientError } from './client-error.ts';

/** Tries the addresses of one API in order, beginning with the one that last answered. */
export type Failover = <T>(attempt: (url: URL) => Promise<T>) => Promise<T>;

/**
 * Goes on to the next address where one cannot be reached, is late or fails (5xx). Any other answer is
 * the answer: what one address refuses, the next must not be asked for again.
 */
export function createFailover(urls: readonly URL[]): Failover {
  let order = urls;
  return async (attempt) => {
    let last = new ClientError('unreachable');
    for (const url of order) {
      try {
        const result = await attempt(url);
        order = [url, ...urls.filter((other) => other !== url)];
        return result;
      } catch (error) {
        if (!isWorthAnother(error)) throw error;
        last = error;
      }
    }
    throw last;
  };
}

function isWorthAnother(error: unknown): error is ClientError {
  return (
    error instanceof ClientError && error.kind === 'unavailable' && error.reason !== 'abandoned'
  );
}
