import { issuerUrlProblem, keyUrlProblem } from '../core/registry/issuer-url.ts';

export interface DiscoveryDependencies {
  readonly fetch: typeof fetch;
  /** For the whole exchange, body included. Default 5000. */
  readonly timeoutMs?: number;
}

export type Discovery =
  | { readonly found: true; readonly jwksUri: string }
  | { readonly found: false; readonly reason: DiscoveryFault };

export type DiscoveryFault =
  | 'url-refused'
  | 'unreachable'
  | 'redirected'
  | 'status'
  | 'too-large'
  | 'not-json'
  | 'issuer-differs'
  | 'jwks-uri-refused';

const defaultTimeoutMs = 5_000;
/** Longest discovery document. Ours, as octo-sts: real ones have 1 to 5 KB. */
const maxBodyBytes = 100 * 1024;

/**
 * Finds an issuer's key address (OpenID Connect Discovery section 4). Run when a registry is
 * published, never for a request. A3: no redirects, a deadline, a size limit, and what the document
 * says of itself must be what we asked for.
 */
export async function discoverKeys(
  issuerUrl: string,
  { fetch, timeoutMs = defaultTimeoutMs }: DiscoveryDependencies,
): Promise<Discovery> {
  if (issuerUrlProblem(issuerUrl) !== undefined) return { found: false, reason: 'url-refused' };
  try {
    const response = await fetch(discoveryUrl(issuerUrl), {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json' },
    });
    return await readAnswer(response, issuerUrl);
  } catch {
    return { found: false, reason: 'unreachable' };
  }
}

/** Section 4.1: a slash at the end of the issuer is removed first. */
const discoveryUrl = (issuerUrl: string): string =>
  `${issuerUrl.replace(/\/$/, '')}/.well-known/openid-configuration`;

async function readAnswer(response: Response, issuerUrl: string): Promise<Discovery> {
  if (response.status !== 200) {
    await response.body?.cancel();
    const isRedirect = response.status >= 300 && response.status < 400;
    return { found: false, reason: isRedirect ? 'redirected' : 'status' };
  }
  const text = await cappedText(response);
  return text === undefined
    ? { found: false, reason: 'too-large' }
    : readMetadata(parseJson(text), issuerUrl);
}

function readMetadata(metadata: unknown, issuerUrl: string): Discovery {
  if (typeof metadata !== 'object' || metadata === null) {
    return { found: false, reason: 'not-json' };
  }
  if (!('issuer' in metadata) || metadata.issuer !== issuerUrl) {
    return { found: false, reason: 'issuer-differs' };
  }
  const jwksUri = 'jwks_uri' in metadata ? metadata.jwks_uri : undefined;
  return typeof jwksUri === 'string' && keyUrlProblem(jwksUri) === undefined
    ? { found: true, jwksUri }
    : { found: false, reason: 'jwks-uri-refused' };
}

async function cappedText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the body.
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
