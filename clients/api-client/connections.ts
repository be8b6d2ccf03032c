import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Agent as HttpsAgent, RequestOptions } from 'node:https';
import { asClientError, ClientError } from './client-error.ts';

/** Pooled connections to the addresses of one API. */
export interface Connections {
  /** Resolves with the head of the answer. Rejects with `ClientError` `unreachable`, or `proxy-…`. */
  send(request: OutgoingRequest, signal: AbortSignal): Promise<IncomingMessage>;
  /** Closes all connections, those in use included. */
  drop(): void;
}

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/**
 * A pooled connection older than this, by the wall clock, is not tried: load balancers and frozen
 * machines cut connections without telling. Prefetching several tokens fits into it, which is what
 * the pool is for.
 */
const longestIdleMs = 15_000;

export interface ConnectionOptions {
  readonly clock: () => Date;
  /** PEM, instead of Node's own roots: for a certificate that comes from a private CA. */
  readonly trustedRoots?: string | undefined;
  /** Makes what connects to https addresses, instead of Node's own agent: one that goes through a proxy. */
  readonly httpsAgent?: (() => HttpsAgent) | undefined;
}

/** Over node:https and not fetch, whose first use costs a cold start 20 ms. */
export function createConnections(options: ConnectionOptions): Connections {
  const { clock, trustedRoots, httpsAgent = plainHttpsAgent } = options;
  const tls: RequestOptions = {
    // Said, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not undo it.
    rejectUnauthorized: true,
    ...(trustedRoots === undefined ? {} : { ca: trustedRoots }),
  };
  const agents = new Map<string, Agent>();
  let lastUsedMs = clock().getTime();

  const drop = (): void => {
    for (const agent of agents.values()) agent.destroy();
    agents.clear();
  };

  const dropIdle = (): void => {
    const pools = [...agents.values()].flatMap(({ freeSockets }) => Object.values(freeSockets));
    for (const socket of pools.flatMap((pool) => pool ?? [])) socket.destroy();
  };

  const agentFor = (protocol: string): Agent => {
    const isHttps = protocol === 'https:';
    const agent = agents.get(protocol) ?? (isHttps ? httpsAgent() : plainHttpAgent());
    agents.set(protocol, agent);
    return agent;
  };

  const sendOnce = (request: OutgoingRequest, signal: AbortSignal): Promise<IncomingMessage> => {
    const { method, url, headers, body } = request;
    const options = { method, headers, signal, agent: agentFor(url.protocol), ...tls };
    return new Promise((resolve, reject) => {
      const outgoing = start(url, options, resolve);
      outgoing.on('error', (error) => {
        reject(error instanceof ClientError ? error : new Unsent(outgoing.reusedSocket));
      });
      outgoing.end(body);
    });
  };

  return {
    drop,
    async send(request, signal) {
      const nowMs = clock().getTime();
      if (Math.abs(nowMs - lastUsedMs) > longestIdleMs) dropIdle();
      lastUsedMs = nowMs;
      try {
        return await sendOnce(request, signal);
      } catch (error) {
        // The server may have closed a pooled connection just as we took it.
        const isStale = error instanceof Unsent && error.reusedSocket && !signal.aborted;
        if (!isStale) throw asClientError(error, 'unreachable');
        dropIdle();
        return sendOnce(request, signal).catch((again) => {
          throw asClientError(again, 'unreachable');
        });
      }
    },
  };
}

/** Stands in for the socket's own error, which may quote the request and goes no further. */
class Unsent extends Error {
  readonly reusedSocket: boolean;
  constructor(reusedSocket: boolean) {
    super('connection failed');
    this.reusedSocket = reusedSocket;
  }
}

/** Loaded when first needed. A static import of node:http would also evaluate the global fetch (20 ms). */
function start(
  url: URL,
  options: RequestOptions,
  onAnswer: (answer: IncomingMessage) => void,
): ClientRequest {
  return url.protocol === 'https:'
    ? process.getBuiltinModule('node:https').request(url, options, onAnswer)
    : process.getBuiltinModule('node:http').request(url, options, onAnswer);
}

const plainHttpsAgent = (): HttpsAgent =>
  new (process.getBuiltinModule('node:https').Agent)({ keepAlive: true });

const plainHttpAgent = (): Agent =>
  new (process.getBuiltinModule('node:http').Agent)({ keepAlive: true });
