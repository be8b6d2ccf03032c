import { type ApiClient, createApiClient } from '../api-client/api-client.ts';
import type { Connections } from '../api-client/connections.ts';
import { httpProxyIn } from '../proxy/http-proxy.ts';
import { agentsThrough } from '../proxy/proxy-agent.ts';
import { createTokenCache } from '../token-cache/token-cache.ts';
import { apiAuthOf } from './api-auth.ts';
import type { Machine } from './machine.ts';
import type { Settings } from './settings.ts';
import type { Vend } from './vending.ts';
import { version } from './version.ts';

/** To the API, in place of sockets; only the fault suite has it. Not in the public type, which names none of Node's. */
interface SimulatedNetwork {
  readonly connections?: Connections | undefined;
}

/**
 * Tokens from the API, kept in this process while they are good.
 *
 * @throws ClientError `url-invalid`, `setting-invalid`, `region-unknown`, `proxy-invalid`.
 */
export function inProcessVend(settings: Settings, machine: Machine & SimulatedNetwork): Vend {
  const { apiUrls, timeoutMs, trustedRoots, minTtlSeconds } = settings;
  const { clock, monotonicMs, random, connections, env } = machine;
  const httpsAgent = agentsThrough(httpProxyIn(env));
  const api: ApiClient = createApiClient({
    urls: apiUrls,
    // Asked when an identity is, long after there is an `api`.
    auth: apiAuthOf(
      settings,
      { ...machine, httpsAgent },
      async () => (await api.config()).audience,
    ),
    timeoutMs,
    clock,
    trustedRoots,
    httpsAgent,
    connections,
    client: { name: 'node-library', version },
  });
  const cache = createTokenCache({ api, clock, monotonicMs, random }, { minTtlSeconds });
  return async (request) => (await cache.get(request)).answer;
}
