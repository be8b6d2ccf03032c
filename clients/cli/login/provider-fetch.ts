import type { CustomFetch, CustomFetchOptions } from 'openid-client';
import { isLoopback } from '../../../core/loopback.ts';
import { ClientError } from '../../api-client/client-error.ts';
import { type ConnectionOptions, createConnections } from '../../api-client/connections.ts';
import { startDeadline } from '../../api-client/deadline.ts';
import { type Answer, exchange } from '../../api-client/exchange.ts';

/** Of one answer. Discovery documents and key sets have up to 20 KB. */
const maxBodyBytes = 256 * 1024;

/**
 * What openid-client reaches a provider with: the connections of our own API client, which verify the
 * certificate whatever NODE_TLS_REJECT_UNAUTHORIZED says, follow no redirect and count the body.
 *
 * Rejects with `ClientError`, which openid-client wraps.
 */
export function providerFetch({
  timeoutMs,
  ...connecting
}: ConnectionOptions & { readonly timeoutMs: number }): CustomFetch {
  const connections = createConnections(connecting);
  const { clock } = connecting;
  return async (text, options) => {
    const request = { ...requestOf(options), url: safeUrl(text) };
    const deadline = startDeadline({ timeoutMs, clock, signal: options.signal });
    try {
      return responseOf(await exchange(connections, request, { deadline, maxBodyBytes }));
    } finally {
      deadline.clear();
    }
  };
}

function requestOf({ method, headers, body }: CustomFetchOptions) {
  const text = body === undefined || body === null ? undefined : String(body);
  return { method: method === 'POST' ? 'POST' : 'GET', headers, body: text } as const;
}

/** Each address comes from a document that the provider wrote; plain HTTP is for this machine only. */
export function safeUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url));
  if (url === undefined || !isSafe) throw new ClientError('url-invalid');
  return url;
}

function responseOf({ status, headers, body }: Answer): Response {
  const flat = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  // A `Response` takes no body with these, not even an empty one (Fetch, "null body status").
  const content = [204, 205, 304].includes(status) ? null : body;
  return new Response(content, { status, headers: flat });
}
