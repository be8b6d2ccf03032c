import { isLoopback } from '../../core/loopback.ts';
import { ClientError } from './client-error.ts';

/**
 * The base address of an API: https (http on loopback only), and nothing in it but host, port and path.
 * Ends with a slash, so that routes can be resolved against it.
 *
 * @throws ClientError `url-invalid`.
 */
export function apiUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBare =
    url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!isBare || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) {
    throw new ClientError('url-invalid');
  }
  // Not by resolving the path against the URL: one that begins with two slashes would name another host.
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/`;
  return url;
}
