import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SignInError } from './sign-in-failure.ts';

/** Waits on this machine for the browser to come back from the provider (RFC 8252 section 7.3). */
export interface CallbackServer {
  /** Exactly what the provider has to send the browser to. */
  readonly redirectUri: string;
  /** The address that the browser came back to. Rejects with `SignInError` `late` when `signal` is aborted. */
  comeBack(signal: AbortSignal): Promise<URL>;
  close(): void;
}

/** As registered with the provider; the port may differ each time (RFC 8252 section 7.3). */
const callbackPath = '/callback';

/**
 * Starts it on 127.0.0.1: by address, since what `localhost` is can be changed (RFC 8252 section 8.3).
 * Rejects where the port cannot be had.
 *
 * It takes one request, with the state of this sign-in. All else is refused and changes nothing, or
 * any page in the browser could end the sign-in or put its own code into it.
 */
export async function startCallbackServer(options: {
  readonly state: string;
  /** 0 is any free one. */
  readonly port: number;
}): Promise<CallbackServer> {
  const server = createServer();
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const origin = originOf(server);
  const arrival = new Promise<URL>((resolve) => {
    server.on('request', (request, response) => {
      const url = targetOf(request, origin);
      const refusal = refusalOf(request, url, { origin, state: options.state });
      if (url === undefined || refusal !== undefined) {
        return answer(response, refusal ?? 421, refusedPage);
      }
      answer(response, 200, arrivedPage);
      resolve(url);
    });
  });
  return {
    redirectUri: new URL(callbackPath, origin).href,
    comeBack: (signal) => Promise.race([arrival, endOf(signal)]),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function originOf(server: Server): string {
  const address = server.address();
  // Only a server on a pipe has a name in place of an address.
  if (address === null || typeof address === 'string') throw new SignInError('not-understood');
  return `http://127.0.0.1:${address.port}`;
}

/** `undefined` where it is no address: `//` and the like come from strangers, and must not end us. */
function targetOf({ url = '' }: IncomingMessage, origin: string): URL | undefined {
  return URL.canParse(url, origin) ? new URL(url, origin) : undefined;
}

/** The status to refuse a request with, or `undefined`. */
function refusalOf(
  { method, headers }: IncomingMessage,
  url: URL | undefined,
  { origin, state }: { readonly origin: string; readonly state: string },
): number | undefined {
  // Against DNS rebinding: a page of another name that leads here sends that name.
  if (headers.host !== new URL(origin).host || url?.origin !== origin) return 421;
  if (url.pathname !== callbackPath) return 404;
  if (method !== 'GET') return 405;
  const states = url.searchParams.getAll('state');
  return states.length === 1 && states[0] === state ? undefined : 400;
}

function answer(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(page);
}

/** The exchange of the code is still to come, and the terminal says how it went. */
const arrivedPage = page('You can close this window; your terminal says whether it worked.');
const refusedPage = page('This is not an address to visit. Nothing was done.');

function page(text: string): string {
  return `<!doctype html><html lang="en"><title>tokenvend</title><p>${text}</p></html>\n`;
}

function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(new SignInError('late'));
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
  });
}
