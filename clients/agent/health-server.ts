import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AgentStatus } from './agent-status.ts';
import { prometheusText } from './prometheus.ts';

/** Where the probes ask. It serves no secret, and changes nothing. */
export interface HealthServer {
  readonly port: number;
  close(): void;
}

export interface HealthOptions {
  readonly status: AgentStatus;
  readonly clock: () => Date;
  /** Address of an interface: kubelet asks the pod's, and not loopback. */
  readonly address: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly metrics: boolean;
}

/**
 * Serves `/startup`, `/readiness` and `/liveness`: 200 or 503; and `/metrics` where wanted.
 *
 * Rejects with the system's error where the port cannot be had.
 */
export async function startHealthServer(options: HealthOptions): Promise<HealthServer> {
  // Nobody sends a probe with a body, or keeps us waiting for it.
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 }, (request, answer) =>
    serve(options, request, answer),
  );
  server.listen(options.port, options.address);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function serve(options: HealthOptions, request: IncomingMessage, answer: ServerResponse): void {
  const { code, text } =
    request.method === 'GET'
      ? pageOf(options, request.url?.split('?', 1)[0] ?? '')
      : { code: 405, text: 'only GET\n' };
  const type = 'text/plain; version=0.0.4; charset=utf-8';
  answer.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' });
  answer.end(text);
}

function pageOf({ status, clock, metrics }: HealthOptions, path: string) {
  const isUp = probes.get(path)?.(status, clock());
  if (isUp !== undefined) return isUp ? { code: 200, text: 'ok\n' } : { code: 503, text: 'no\n' };
  if (path === '/metrics' && metrics) return { code: 200, text: prometheusText(status) };
  return { code: 404, text: 'no such page\n' };
}

const probes: ReadonlyMap<string, (status: AgentStatus, now: Date) => boolean> = new Map([
  ['/startup', (status) => status.isStarted()],
  ['/readiness', (status, now) => status.isReady(now)],
  ['/liveness', (status, now) => status.isLive(now)],
]);
