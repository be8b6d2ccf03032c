import { apiUrl } from '../../api-client/api-url.ts';
import type { ApiPlace } from '../open-api.ts';
import { type Finding, ok } from './finding.ts';

/** Which proxy the environment names, and whether it is on the way to the API; nothing where there is none. */
export function* checkProxy({ proxy, urls }: Pick<ApiPlace, 'proxy' | 'urls'>): Iterable<Finding> {
  if (proxy === undefined) return;
  const { origin } = proxy.url;
  for (const { hostname, port, protocol } of urls.map(apiUrl)) {
    const isDirect = protocol !== 'https:' || proxy.exempts(hostname, Number(port || 443));
    yield ok(
      'proxy',
      isDirect ? `${origin}, and not for ${hostname}` : `${origin}, for ${hostname}`,
    );
  }
}
