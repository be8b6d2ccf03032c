import type { Environment } from '../api-client/aws-credentials.ts';
import { ClientError } from '../api-client/client-error.ts';
import { type Exemption, exemptions } from './no-proxy.ts';

/** The proxy that the environment names for https. */
export interface HttpProxy {
  /** Scheme, host and port; nothing secret, so that it may be printed. */
  readonly url: URL;
  /** The value of `Proxy-Authorization`. Secret. */
  readonly authorization: string | undefined;
  /** Which hosts are connected to directly all the same. */
  readonly exempts: Exemption;
}

/**
 * Reads `https_proxy` and `no_proxy` as curl does (curl(1), "ENVIRONMENT"): the name in small letters
 * goes first, empty text counts as not set, and a proxy without a scheme is an http one. Without a port
 * it is the scheme's own. `http_proxy` is for plain HTTP, which no client of ours speaks but to loopback.
 *
 * @throws ClientError `proxy-invalid`.
 */
export function httpProxyIn(env: Environment): HttpProxy | undefined {
  const text = env.https_proxy || env.HTTPS_PROXY;
  if (!text) return undefined;
  const given = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const named = URL.canParse(given) ? new URL(given) : undefined;
  if (named?.protocol !== 'http:' && named?.protocol !== 'https:') throw invalid();
  return {
    url: new URL(`${named.protocol}//${named.host}`),
    authorization: basic(named),
    exempts: exemptions(env.no_proxy || env.NO_PROXY || ''),
  };
}

/** RFC 7617. A URL has its user name and password escaped. */
function basic({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  } catch {
    throw invalid();
  }
}

const invalid = (): ClientError => new ClientError('proxy-invalid');
