import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { discoverKeys } from '../../../operator/discover-keys.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on loopback that answers every request with `listener`, which is told the server's own URL. */
async function anIssuer(answer: (url: string) => RequestListener): Promise<string> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', answer(url));
  return url;
}

const json =
  (metadata: object): RequestListener =>
  (_, response) =>
    response.end(JSON.stringify(metadata));
const discover = (url: string) => discoverKeys(url, { fetch });

describe('discovery', () => {
  it.each(['', '/', '/realms/a', '/realms/a/'])(
    'finds the key address of an issuer at %j',
    async (path) => {
      const asked: (string | undefined)[] = [];
      const url = await anIssuer((own) => (request, response) => {
        asked.push(request.url);
        response.end(JSON.stringify({ issuer: own + path, jwks_uri: `${own}/keys` }));
      });

      const discovery = await discover(url + path);

      expect(discovery).toEqual({ found: true, jwksUri: `${url}/keys` });
      expect(asked).toEqual([`${path.replace(/\/$/, '')}/.well-known/openid-configuration`]);
    },
  );

  it.each<[string, string, (url: string) => RequestListener]>([
    [
      'a document for another issuer',
      'issuer-differs',
      () => json({ issuer: 'https://a.example' }),
    ],
    [
      'a document for the issuer but for a slash',
      'issuer-differs',
      (url) => json({ issuer: `${url}/` }),
    ],
    ['a document without an issuer', 'issuer-differs', () => json({})],
    ['no key address', 'jwks-uri-refused', (url) => json({ issuer: url })],
    [
      'A3: keys over plain http',
      'jwks-uri-refused',
      (url) => json({ issuer: url, jwks_uri: 'http://a.example/k' }),
    ],
    [
      'A3: keys from a file',
      'jwks-uri-refused',
      (url) => json({ issuer: url, jwks_uri: 'file:///etc/passwd' }),
    ],
    [
      'A2: a key address with a user',
      'jwks-uri-refused',
      (url) => json({ issuer: url, jwks_uri: 'https://a@b.example/' }),
    ],
    ['no JSON', 'not-json', () => (_, response) => response.end('<html>')],
    ['no object', 'not-json', () => (_, response) => response.end('null')],
    ['not found', 'status', () => (_, response) => response.writeHead(404).end()],
    ['no content', 'status', () => (_, response) => response.writeHead(204).end()],
    ['A3: a reset', 'unreachable', () => (request) => request.socket.destroy()],
    [
      'A3: 10 MB',
      'too-large',
      (url) => (_, response) =>
        response.end(
          JSON.stringify({ issuer: url, jwks_uri: `${url}/k`, pad: 'a'.repeat(10_000_000) }),
        ),
    ],
  ])('refuses %s', async (_, reason, answer) => {
    expect(await discover(await anIssuer(answer))).toEqual({ found: false, reason });
  });

  it.each<[string, RequestListener]>([
    ['silence', () => {}],
    ['a body that never ends', (_, response) => response.write('{"issuer":')],
  ])('A3: waits no longer than it is told to, with %s', async (_, answer) => {
    const discovery = await discoverKeys(await anIssuer(() => answer), { fetch, timeoutMs: 100 });

    expect(discovery).toEqual({ found: false, reason: 'unreachable' });
  });

  it('A3: follows no redirect, not even to a sound document', async () => {
    let followed = 0;
    const other = await anIssuer((own) => (_, response) => {
      followed += 1;
      response.end(JSON.stringify({ issuer: own, jwks_uri: `${own}/keys` }));
    });
    const url = await anIssuer(
      () => (_, response) => response.writeHead(302, { location: other }).end(),
    );

    expect(await discover(url)).toEqual({ found: false, reason: 'redirected' });
    expect(followed).toBe(0);
  });

  it.each([
    'http://issuer.example.com',
    'https://issuer.example.com/?a',
    'ftp://issuer.example.com',
  ])('A3: asks nobody for %s', async (url) => {
    const refusing = () => Promise.reject(new Error('asked'));

    expect(await discoverKeys(url, { fetch: refusing })).toEqual({
      found: false,
      reason: 'url-refused',
    });
  });
});
