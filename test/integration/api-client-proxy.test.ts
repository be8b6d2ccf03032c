import { once } from 'node:events';
import { createServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { httpProxyIn } from '../../clients/proxy/http-proxy.ts';
import { agentsThrough } from '../../clients/proxy/proxy-agent.ts';
import { createCertificateAuthority } from '../../local/pki.ts';
import { aConnectProxy, type ConnectProxyOptions } from '../builders/a-connect-proxy.ts';
import { anAnswer } from '../builders/answers.ts';
import { aClosedPort, json, portOf } from '../unit/clients/api-client/a-server.ts';
import { aClient, errorOf, jwt } from '../unit/clients/api-client/an-api-client.ts';

const request = { database: 'orders', user: 'orders_app' };
const host = 'tokens.example.com';

const clock = () => new Date();

/** An API behind TLS, to whose name only a proxy leads. */
async function anApi(name: string) {
  const authority = await createCertificateAuthority({ commonName: 'test', clock });
  const { certificatePem: cert, privateKeyPem: key } = await authority.issueServer([name]);
  const server = createServer({ cert, key }, (_request, response) =>
    json(response, 200, anAnswer()),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: portOf(server.address()), trustedRoots: authority.certificatePem };
}

interface Way extends ConnectProxyOptions {
  readonly scheme?: 'http' | 'https';
  readonly userinfo?: string;
  /** In the API's certificate. */
  readonly name?: string;
}

/** A client that has a proxy between itself and the API. */
async function behind({ scheme = 'http', userinfo = '', name = host, ...options }: Way = {}) {
  const { port, trustedRoots } = await anApi(name);
  const proxy = await aConnectProxy({ leadsTo: port, ...options });
  const client = aClient(`https://${host}`, {
    trustedRoots,
    timeoutMs: 1_000,
    httpsAgent: agentsThrough(
      httpProxyIn({ https_proxy: `${scheme}://${userinfo}${proxy.address}` }),
    ),
  });
  onTestFinished(() => client.drop());
  return { client, proxy };
}

describe('through a proxy', () => {
  test('the API is asked by its own name', async () => {
    const { client, proxy } = await behind();

    const answer = await client.vend(request);

    expect(answer).toEqual(anAnswer());
    const authority = `${host}:443`;
    expect(proxy.asked).toEqual([{ authority, host: authority, authorization: undefined }]);
  });

  test('several calls share one tunnel', async () => {
    const { client, proxy } = await behind();

    await client.vend(request);
    await client.vend(request);

    expect(proxy.asked).toHaveLength(1);
  });

  test('a call after all connections were closed opens another', async () => {
    const { client, proxy } = await behind();

    await client.vend(request);
    client.drop();
    await client.vend(request);

    expect(proxy.asked).toHaveLength(2);
  });

  test('A21: neither the JWT nor the token can be read on the way', async () => {
    const { client, proxy } = await behind();

    const { token } = await client.vend(request);

    expect(proxy.carried()).not.toBe('');
    for (const secret of [jwt, token, 'Bearer', request.user]) {
      expect(proxy.carried()).not.toContain(secret);
    }
  });

  test('A21: nothing is said to a server that the proxy passes off as the API', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    onTestFinished(() => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    });
    const { client } = await behind({ name: 'elsewhere.example.com' });

    const { reason } = await errorOf(client.vend(request));

    expect(reason).toBe('unreachable');
  });

  test('A21: servers are verified for clients that do not say so, such as the AWS SDK', () => {
    const agent = agentsThrough(httpProxyIn({ https_proxy: 'proxy:3128' }))?.();

    expect(agent?.options.rejectUnauthorized).toBe(true);
  });

  test('the user name and the password of the proxy go to it', async () => {
    const { client, proxy } = await behind({ userinfo: 'ana:s%40fe@' });

    await client.vend(request);

    const authorization = `Basic ${Buffer.from('ana:s@fe').toString('base64')}`;
    expect(proxy.asked).toMatchObject([{ authority: `${host}:443`, authorization }]);
  });

  test('an API on loopback is asked without it', async () => {
    const { trustedRoots, port } = await anApi('localhost');
    const proxy = await aConnectProxy({ refusesWith: 403 });
    const httpsAgent = agentsThrough(httpProxyIn({ https_proxy: proxy.address }));
    const client = aClient(`https://localhost:${port}`, { trustedRoots, httpsAgent });
    onTestFinished(() => client.drop());

    const answer = await client.vend(request);

    expect(answer).toEqual(anAnswer());
    expect(proxy.asked).toEqual([]);
  });
});

describe('a proxy that does not connect', () => {
  test.each([
    [407, 'proxy-unauthenticated', 'usage'],
    [403, 'proxy-refused', 'unavailable'],
    [401, 'proxy-refused', 'unavailable'],
    [502, 'proxy-refused', 'unavailable'],
  ])('with the status %i is not taken for the API: %s', async (refusesWith, reason, kind) => {
    const { client } = await behind({ refusesWith });

    expect(await errorOf(client.vend(request))).toMatchObject({
      reason,
      kind,
      status: refusesWith,
    });
  });

  test('because nobody listens is named', async () => {
    const https_proxy = await aClosedPort();
    const httpsAgent = agentsThrough(httpProxyIn({ https_proxy }));
    const client = aClient(`https://${host}`, { httpsAgent });

    expect((await errorOf(client.vend(request))).reason).toBe('proxy-unreachable');
  });

  test('because it hangs up is named', async () => {
    const server = createTcpServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const https_proxy = `127.0.0.1:${portOf(server.address())}`;
    const httpsAgent = agentsThrough(httpProxyIn({ https_proxy }));

    const { reason } = await errorOf(aClient(`https://${host}`, { httpsAgent }).vend(request));

    expect(reason).toBe('proxy-unreachable');
  });

  test('and says nothing holds no connection once the client is done', async () => {
    const { client, proxy } = await behind({ isSilent: true });

    const { reason } = await errorOf(client.vend(request));
    client.drop();

    expect(reason).toBe('timeout');
    await vi.waitFor(() => expect(proxy.open).toBe(0));
  });

  test('A21: and speaks before our TLS does is not listened to', async () => {
    const { client } = await behind({ early: 'HTTP/1.1 200 OK' });

    expect((await errorOf(client.vend(request))).reason).toBe('proxy-refused');
  });
});

describe('a proxy that speaks TLS', () => {
  /** As NODE_EXTRA_CA_CERTS does it, which a process reads when it starts. */
  function trusting(pem: string): void {
    const before = getCACertificates();
    setDefaultCACertificates([...before, pem]);
    onTestFinished(() => setDefaultCACertificates(before));
  }

  async function itsCertificate() {
    const authority = await createCertificateAuthority({ commonName: 'proxy', clock });
    return { authority, certificate: await authority.issueServer(['localhost']) };
  }

  test('leads to the API, by TLS inside of TLS', async () => {
    const { authority, certificate } = await itsCertificate();
    trusting(authority.certificatePem);
    const { client, proxy } = await behind({ scheme: 'https', certificate });

    expect(await client.vend(request)).toEqual(anAnswer());
    expect(proxy.asked).toHaveLength(1);
  });

  test('A21: gets no password unless its certificate is good', async () => {
    const { certificate } = await itsCertificate();
    const { client, proxy } = await behind({ scheme: 'https', certificate, userinfo: 'ana:x@' });

    const { reason } = await errorOf(client.vend(request));

    expect(reason).toBe('proxy-unreachable');
    expect(proxy.asked).toEqual([]);
  });
});
