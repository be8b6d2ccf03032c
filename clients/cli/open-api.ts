import { readFile } from 'node:fs/promises';
import { type ApiClient, createApiClient } from '../api-client/api-client.ts';
import type { ApiAuth } from '../api-client/authentication.ts';
import type { ConnectionOptions } from '../api-client/connections.ts';
import {
  createFindIdentity,
  type FindIdentity,
  identityReader,
} from '../identity/find-identity.ts';
import { type HttpProxy, httpProxyIn } from '../proxy/http-proxy.ts';
import { agentsThrough } from '../proxy/proxy-agent.ts';
import type { ApiOptions, ApiPlaceOptions } from './api-options.ts';
import type { ChainOptions } from './aws-chain.ts';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { hidingTokens } from './hidden-tokens.ts';
import { savedSession } from './login/saved-session.ts';
import { sessionStore } from './login/session-store.ts';
import { wholeNumber } from './numbers.ts';

/** The API as the flags say, and where the identity for it comes from. */
export interface OpenApi {
  readonly api: ApiClient;
  readonly place: ApiPlace;
  /** Absent with `--auth iam`. */
  readonly findIdentity?: FindIdentity;
}

/**
 * Does `work` with the API, and closes its connections afterwards.
 *
 * Rejects with `CliError` for flags that make no sense, and with what `work` rejects with.
 */
export async function withApi<T>(
  options: ApiOptions,
  context: CommandContext,
  work: (open: OpenApi) => Promise<T>,
): Promise<T> {
  const open = await openApi(options, context);
  try {
    return await work(open);
  } finally {
    open.api.drop();
  }
}

/** Where the API is, and how it is reached. */
export interface ApiPlace {
  readonly urls: readonly string[];
  readonly timeoutMs: number;
  /** PEM of `--api-ca`. */
  readonly trustedRoots: string | undefined;
  /** Of the environment. */
  readonly proxy: HttpProxy | undefined;
  readonly httpsAgent: ConnectionOptions['httpsAgent'];
}

/**
 * Reads the flags that say where the API is, and the environment's proxy. Rejects with `CliError`, or
 * with `ClientError` `proxy-invalid`.
 */
export async function apiPlace(
  options: ApiPlaceOptions,
  env: CommandContext['env'],
): Promise<ApiPlace> {
  const urls = apiUrlsOf(options);
  const trustedRoots = options.apiCa === undefined ? undefined : await readPem(options.apiCa);
  const timeoutMs = wholeNumber('--timeout-ms', options.timeoutMs, { least: 1, most: 600_000 });
  const proxy = httpProxyIn(env);
  return { urls, timeoutMs, trustedRoots, proxy, httpsAgent: agentsThrough(proxy) };
}

/** The addresses of `--api-url`. @throws CliError where there is none. */
export function apiUrlsOf({ apiUrl }: Pick<ApiPlaceOptions, 'apiUrl'>): readonly string[] {
  const urls = (apiUrl ?? '')
    .split(',')
    .map((url) => url.trim())
    .filter(Boolean);
  if (urls.length === 0) throw usageError('Where is the API? Give --api-url or TOKENVEND_API_URL.');
  return urls;
}

async function openApi(options: ApiOptions, context: CommandContext): Promise<OpenApi> {
  const { env, clock, version } = context;
  const place = await apiPlace(options, env);
  const { urls, timeoutMs, httpsAgent } = place;
  const findIdentity = createFindIdentity({
    tokenFile: options.identityTokenFile,
    tokenCommand: options.identityCommand,
    attemptMs: timeoutMs,
    env,
    clock,
    httpsAgent,
    audience: async () => (await api.config()).audience,
    savedSession: savedSessionFor(urls, context),
  });
  const auth = authOf(options, { env, findIdentity, httpsAgent });
  const client = { name: 'cli', version };
  const api: ApiClient = createApiClient({ ...place, auth, clock, client });
  const vend = hidingTokens(api.vend, context);
  return {
    api: { ...api, vend },
    place,
    ...(auth.kind === 'jwt' ? { findIdentity } : {}),
  };
}

interface AuthParts extends Pick<ConnectionOptions, 'httpsAgent'> {
  readonly env: CommandContext['env'];
  readonly findIdentity: FindIdentity;
}

function authOf(
  { auth, awsProfile: profile, apiRegion: region }: ApiOptions,
  { env, findIdentity, httpsAgent }: AuthParts,
): ApiAuth {
  if (auth === 'jwt') return { kind: 'jwt', identity: identityReader(findIdentity) };
  if (auth !== 'iam') throw usageError('--auth takes jwt or iam.');
  const ownRegion = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  return { kind: 'iam', region, ownRegion, credentials: awsCredentials({ profile, httpsAgent }) };
}

/** What asks a provider is loaded when an identity has to be renewed, and not for every token. */
function savedSessionFor(urls: readonly string[], { env, clock }: CommandContext) {
  const store = sessionStore(urls, { env, platform: process.platform });
  if (store === undefined) return undefined;
  return savedSession({
    store,
    clock,
    renew: async (session) => (await import('./openid.ts')).renewSession(session, { env, clock }),
  });
}

/** The SDK's chain is larger than everything else together: nobody else is to load it. */
function awsCredentials(options: ChainOptions) {
  const chain = import('./aws-chain.ts').then(({ defaultChain }) => defaultChain(options));
  return async () => (await chain)();
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw usageError(`${path} (--api-ca) cannot be read.`);
  }
}
