import { type ApiAuth, authenticated, lateReasonOf } from './authentication.ts';
import { ClientError } from './client-error.ts';
import type { Connections, OutgoingRequest } from './connections.ts';
import { startDeadline } from './deadline.ts';
import { exchange } from './exchange.ts';
import type { Failover } from './failover.ts';
import { problemOf } from './read-problem.ts';

/** One operation of the API. */
export interface Call<T> {
  readonly method: 'GET' | 'POST';
  /** Path and query below the base address, without a leading slash. */
  readonly route: string;
  readonly body?: string | undefined;
  /** Absent where the operation is public. */
  readonly auth?: ApiAuth | undefined;
  readonly contentType: string;
  readonly maxBodyBytes: number;
  /** Throws `ClientError` of kind `not-understood`. */
  readonly read: (body: string) => T;
}

export interface CallerDependencies {
  readonly connections: Connections;
  readonly failover: Failover;
  readonly clock: () => Date;
  readonly timeoutMs: number;
  readonly userAgent: string;
}

/** Makes calls: at each address one attempt, and one more with the identity read again after a 401. */
export type Caller = <T>(call: Call<T>, signal: AbortSignal | undefined) => Promise<T>;

export function createCaller(deps: CallerDependencies): Caller {
  const attempt = async <T>(url: URL, call: Call<T>, signal: AbortSignal | undefined) => {
    const { clock, timeoutMs, connections } = deps;
    const deadline = startDeadline({ timeoutMs, clock, signal });
    try {
      const bare = requestOf(call, url, deps.userAgent);
      const { auth, maxBodyBytes } = call;
      const request = auth
        ? await deadline.bound(authenticated(bare, auth, clock()), lateReasonOf[auth.kind])
        : bare;
      const answer = await exchange(connections, request, { deadline, maxBodyBytes });
      if (answer.status !== 200) throw problemOf(answer);
      if (!isOfType(answer.headers['content-type'], call))
        throw new ClientError('answer-unreadable');
      return call.read(answer.body);
    } finally {
      deadline.clear();
    }
  };

  return (call, signal) =>
    deps.failover(async (url) => {
      try {
        return await attempt(url, call, signal);
      } catch (error) {
        if (!mayBeOutdated(error, call.auth)) throw error;
        return attempt(url, call, signal);
      }
    });
}

function requestOf(call: Call<unknown>, base: URL, userAgent: string): OutgoingRequest {
  const { method, route, body, contentType } = call;
  const url = new URL(route, base);
  const headers = { accept: contentType, 'user-agent': userAgent };
  if (body === undefined) return { method, url, headers };
  const length = String(Buffer.byteLength(body));
  const about = { 'content-type': 'application/json', 'content-length': length };
  return { method, url, headers: { ...headers, ...about }, body };
}

/** A proxy's or a sign-in page's HTML comes with a 200 as well. */
function isOfType(header: string | undefined, { contentType }: Call<unknown>): boolean {
  return header?.split(';', 1)[0]?.trim().toLowerCase() === contentType;
}

/** The file may have been rotated between our reading it and the API's. */
function mayBeOutdated(error: unknown, auth: ApiAuth | undefined): boolean {
  return auth?.kind === 'jwt' && error instanceof ClientError && error.status === 401;
}
