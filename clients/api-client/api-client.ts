import type { DatabasePage } from '../../core/list-databases.ts';
import { namePattern } from '../../core/name.ts';
import type { CaBundle, VendAnswer } from '../../core/vend-answer.ts';
import type { Standing } from '../../core/whoami.ts';
import { apiUrl } from './api-url.ts';
import { type ApiAuth, routesOf } from './authentication.ts';
import { type Call, createCaller } from './caller.ts';
import { ClientError } from './client-error.ts';
import { type ConnectionOptions, type Connections, createConnections } from './connections.ts';
import { createFailover } from './failover.ts';
import { parseAnswer, sha256Hex } from './parse-answer.ts';
import { type ApiConfig, parseConfig } from './parse-config.ts';
import { parseDatabasePage, parseStanding } from './parse-standing.ts';
import { signingRegion } from './signing-region.ts';
import { bodyOf, type TokenRequest } from './token-request.ts';
import { defaultTimeoutMs, longestCallMs } from './waits.ts';

export interface ApiClientOptions extends ConnectionOptions {
  /** Base addresses, tried in order. */
  readonly urls: readonly string[];
  readonly auth: ApiAuth;
  /** For one attempt at one address. Milliseconds; 3,000 by default. */
  readonly timeoutMs?: number | undefined;
  /** The calling program, for the `User-Agent`: `tokenvend/<version> (<name>)`. */
  readonly client: { readonly name: string; readonly version: string };
  /** In place of sockets: the fault suite's network, on which time is simulated. */
  readonly connections?: Connections | undefined;
}

export interface CallOptions {
  /** Takes the call back. */
  readonly signal?: AbortSignal | undefined;
}

/** The API as its clients call it. Every method rejects with `ClientError` and nothing else. */
export interface ApiClient {
  vend(request: TokenRequest, options?: CallOptions): Promise<VendAnswer>;
  whoami(options?: CallOptions): Promise<Standing>;
  databases(
    page?: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
    options?: CallOptions,
  ): Promise<DatabasePage>;
  config(options?: CallOptions): Promise<ApiConfig>;
  /** The roots by their name in `tls.ca.bundle`, with the hash of what came. */
  ca(bundle: string, options?: CallOptions): Promise<CaBundle>;
  /** Closes all connections. After a freeze they are dead, and no event says so. */
  drop(): void;
  /**
   * How long a call may take at most, unless the machine stands still: every address is late, twice.
   * Milliseconds.
   */
  readonly longestCallMs: number;
}

/** A token is 2 KB and an inline CA bundle of one Region 12 KB; a page lists up to 100 databases. */
const maxJsonBytes = 64 * 1024;
/** The global CA bundle has 170 KB. */
const maxCaBytes = 512 * 1024;

/**
 * A client of one API, at one or several addresses.
 *
 * @throws ClientError `url-invalid`, `setting-invalid`, `region-unknown`.
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { auth, clock, timeoutMs = defaultTimeoutMs } = options;
  const urls = options.urls.map(apiUrl);
  if (urls.length === 0 || !(timeoutMs > 0)) throw new ClientError('setting-invalid');
  if (auth.kind === 'iam') for (const url of urls) signingRegion(url, auth);
  const connections = options.connections ?? createConnections(options);
  const userAgent = userAgentOf(options.client);
  const failover = createFailover(urls);
  const call = createCaller({ connections, failover, clock, timeoutMs, userAgent });
  const prefix = routesOf[auth.kind];

  return {
    vend: (request, { signal } = {}) => {
      const post = { ...json, method: 'POST', auth, body: bodyOf(request) } as const;
      return call({ ...post, route: `${prefix}/tokens`, read: parseAnswer }, signal);
    },
    whoami: ({ signal } = {}) =>
      call({ ...json, auth, route: `${prefix}/whoami`, read: parseStanding }, signal),
    databases: (page = {}, { signal } = {}) => {
      const route = `${prefix}/databases${queryOf(page)}`;
      return call({ ...json, auth, route, read: parseDatabasePage }, signal);
    },
    config: ({ signal } = {}) => call({ ...json, route: 'v1/config', read: parseConfig }, signal),
    ca: async (bundle, { signal } = {}) => call(caCall(bundle), signal),
    drop: connections.drop,
    longestCallMs: longestCallMs({ addresses: urls.length, timeoutMs }),
  };
}

const json = {
  method: 'GET',
  contentType: 'application/json',
  maxBodyBytes: maxJsonBytes,
} as const;

function caCall(name: string): Call<CaBundle> {
  if (!namePattern.test(name)) throw new ClientError('request-invalid');
  return {
    method: 'GET',
    route: `v1/ca/${name}`,
    contentType: 'application/x-pem-file',
    maxBodyBytes: maxCaBytes,
    read(pem) {
      if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new ClientError('answer-unreadable');
      return { name, pem, sha256: sha256Hex(pem) };
    },
  };
}

function queryOf(page: {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}) {
  const query = new URLSearchParams();
  if (page.limit !== undefined) query.set('limit', String(page.limit));
  if (page.cursor !== undefined) query.set('cursor', page.cursor);
  return query.size === 0 ? '' : `?${query}`;
}

function userAgentOf({ name, version }: ApiClientOptions['client']): string {
  if (!/^[\w.+-]+$/.test(version) || !/^[\w .;/+-]+$/.test(name)) {
    throw new ClientError('setting-invalid');
  }
  return `tokenvend/${version} (${name})`;
}
