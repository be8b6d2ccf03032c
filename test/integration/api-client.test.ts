import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCertificateAuthority } from '../../local/pki.ts';
import { anAnswer } from '../builders/answers.ts';
import {
  aClosedPort,
  aServer,
  json,
  portOf,
  type Script,
} from '../unit/clients/api-client/a-server.ts';
import { aClient, errorOf, jwt } from '../unit/clients/api-client/an-api-client.ts';

const request = { database: 'orders', user: 'orders_app' };
const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const wellBehaved: Script = (response) => json(response, 200, anAnswer());

/** A server below HTTP: what it does with each connection is the test's business. */
async function aRawServer(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${portOf(server.address())}`;
}

describe('what the API is asked', () => {
  test('a token, by whom, and by what', async () => {
    const { url, seen } = await aServer(wellBehaved);

    const answer = await aClient(`${url}/api/`).vend({ ...request, inlineCa: true, fresh: false });

    expect(answer).toEqual(anAnswer());
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/api/v1/tokens',
        headers: {
          authorization: `Bearer ${jwt}`,
          'content-type': 'application/json',
          'user-agent': 'tokenvend/1.2.3 (test)',
        },
      },
    ]);
    expect(JSON.parse(String(seen[0]?.body))).toEqual({ ...request, inlineCa: true });
  });

  test('public things without saying who asks', async () => {
    const config = { version: '1', audience: 'https://a', signIn: null, region: 'eu-west-1' };
    const { url, seen } = await aServer((response, { url: path }) => {
      if (path === '/v1/config') json(response, 200, config);
      else response.writeHead(200, { 'content-type': 'application/x-pem-file' }).end(pem);
    });
    const client = aClient(url);

    expect(await client.config()).toEqual(config);
    expect(await client.ca('eu-west-1')).toMatchObject({ name: 'eu-west-1', pem });
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  test('who the caller is, and what it may open', async () => {
    const standing = {
      kind: 'jwt',
      issuer: 'https://issuer.example.com',
      principal: 'api',
      teams: [{ team: 'payments', members: ['api-pods'] }],
      expiresAt: '2026-03-01T13:00:00.000Z',
      registryVersion: '7',
    };
    const { dbname: _, ...bare } = anAnswer().database;
    const page = {
      databases: [{ ...bare, users: [{ user: 'orders_app', teams: ['payments'] }] }],
      next: 'b3JkZXJz',
    };
    const { url } = await aServer((response, { url: path }) =>
      json(response, 200, path === '/v1/whoami' ? standing : page),
    );

    expect(await aClient(url).whoami()).toEqual(standing);
    expect(await aClient(url).databases({ limit: 1 })).toEqual(page);
  });

  test('nothing that is no bundle name', async () => {
    const { url, seen } = await aServer(wellBehaved);

    const error = await errorOf(aClient(url).ca('../tokens'));

    expect(error.reason).toBe('request-invalid');
    expect(seen).toEqual([]);
  });
});

describe('an identity', () => {
  test('is read anew for every request, and once more after a 401', async () => {
    const { url, seen } = await aServer((response, _seen, n) =>
      n === 1 ? json(response, 401, {}) : json(response, 200, anAnswer()),
    );
    let reads = 0;
    const identity = async () => `${jwt}${++reads}\n`;
    const client = aClient(url, { auth: { kind: 'jwt', identity } });

    await client.vend(request);
    await client.vend(request);

    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${jwt}1`,
      `Bearer ${jwt}2`,
      `Bearer ${jwt}3`,
    ]);
  });

  test('that is refused twice is not tried a third time', async () => {
    const { url, seen } = await aServer((response) => json(response, 401, {}));

    expect((await errorOf(aClient(url).vend(request))).reason).toBe('unauthenticated');
    expect(seen).toHaveLength(2);
  });

  test.each([
    ['cannot be read', 'identity-unreadable', () => Promise.reject(new Error('PLANTED'))],
    ['is empty', 'identity-malformed', async () => ''],
    ['is no JWT', 'identity-malformed', async () => 'PLANTED'],
    ['would begin another header', 'identity-malformed', async () => `${jwt}\r\nx-evil: PLANTED`],
    ['takes too long', 'identity-late', () => new Promise<string>(() => undefined)],
  ])('that %s is not sent', async (_what, reason, identity) => {
    const { url, seen } = await aServer(wellBehaved);
    const client = aClient(url, { auth: { kind: 'jwt', identity }, timeoutMs: 100 });

    const error = await errorOf(client.vend(request));

    expect(error.reason).toBe(reason);
    expect(JSON.stringify([error, error.stack])).not.toContain('PLANTED');
    expect(seen).toEqual([]);
  });
});

describe('an API that is slow, broken, or something else', () => {
  const megabytes = Buffer.alloc(10 * 1024 * 1024, ' ');
  const text = JSON.stringify(anAnswer());

  test.each<[string, Script, string]>([
    ['says nothing', () => undefined, 'timeout'],
    ['stops in the middle', (response) => response.writeHead(200).write('{'), 'timeout'],
    [
      'hangs up in the middle',
      (response) => {
        response.writeHead(200, { 'content-length': '999' }).write('{');
        setImmediate(() => response.destroy());
      },
      'unreachable',
    ],
    ['answers 200 with garbage', (response) => json(response, 200, 'PLANTED'), 'answer-unreadable'],
    [
      'cuts its JSON short',
      (response) => json(response, 200, text.slice(0, -9)),
      'answer-unreadable',
    ],
    [
      'answers in HTML',
      (response) => json(response, 200, text, { 'content-type': 'text/html' }),
      'answer-unreadable',
    ],
    ['says nothing of the type', (response) => response.end(text), 'answer-unreadable'],
    ['sends 10 MB', (response) => json(response, 200, String(megabytes)), 'answer-too-large'],
    ['sends 10 MB with an error', (response) => json(response, 403, String(megabytes)), 'denied'],
    [
      'refuses, and hangs up in the middle',
      (response) => {
        response.writeHead(403, { 'content-length': '999' }).write('{');
        setImmediate(() => response.destroy());
      },
      'denied',
    ],
    ['fails', (response) => json(response, 503, { detail: jwt }), 'server-error'],
  ])('that %s', async (_what, script, reason) => {
    const { url } = await aServer(script);

    // Where the answer decides and not the time, a loaded machine may take longer.
    const timeoutMs = reason === 'timeout' ? 250 : 10_000;

    expect((await errorOf(aClient(url, { timeoutMs }).vend(request))).reason).toBe(reason);
  });

  test.each<[string, Script]>([
    ['is late', () => undefined],
    ['is late with the rest', (response) => response.writeHead(200).write('{')],
    ['sends too much', (response) => json(response, 200, String(megabytes))],
  ])('that %s is hung up on', async (_what, script) => {
    const { url, connections } = await aServer(script);

    await errorOf(aClient(url, { timeoutMs: 250 }).vend(request));

    await expect.poll(() => connections.open.size).toBe(0);
  });

  test('that drips is given up on, although every byte comes in time', async () => {
    const { url } = await aServer((response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });

    expect((await errorOf(aClient(url, { timeoutMs: 200 }).vend(request))).reason).toBe('timeout');
  });

  test.each([301, 302, 303, 307, 308])('that redirects (%i) is not followed', async (status) => {
    const target = await aServer(wellBehaved);
    const { url } = await aServer((response) => {
      response.writeHead(status, { location: `${target.url}/v1/tokens` }).end();
    });

    const error = await errorOf(aClient(url).vend(request));

    expect(error).toMatchObject({ kind: 'not-understood', reason: 'unexpected-status' });
    expect(target.seen).toEqual([]);
  });

  test.each([
    ['takes a connection and never reads it', () => undefined, 'timeout'],
    ['speaks another protocol', (socket: Socket) => socket.write('SSH-2.0-x\r\n'), 'unreachable'],
    ['hangs up', (socket: Socket) => socket.destroy(), 'unreachable'],
  ])('that %s', async (_what, onConnection, reason) => {
    const url = await aRawServer(onConnection);

    expect((await errorOf(aClient(url, { timeoutMs: 250 }).vend(request))).reason).toBe(reason);
  });

  test('A19: whose answer comes after the deadline by the wall clock is not believed', async () => {
    let now = new Date('2026-03-01T12:00:00Z');
    const { url } = await aServer((response) => {
      now = new Date('2026-03-01T13:00:00Z');
      json(response, 200, anAnswer());
    });

    expect((await errorOf(aClient(url, { clock: () => now }).vend(request))).reason).toBe(
      'timeout',
    );
  });
});

describe('several addresses', () => {
  test('are tried in order, and the one that answered is remembered', async () => {
    const broken = await aServer((response) => json(response, 503, {}));
    const late = await aServer(() => undefined);
    const good = await aServer(wellBehaved);
    const urls = [await aClosedPort(), broken.url, late.url, good.url];
    const client = aClient(urls, { timeoutMs: 250 });

    await client.vend(request);
    await client.vend(request);

    const requests = [broken, late, good].map(({ seen }) => seen.length);
    expect(requests).toEqual([1, 1, 2]);
    expect(client.longestCallMs).toBe(2_000);
  });

  test('are gone on with where one fails with more of a page than is read', async () => {
    const page = Buffer.alloc(100 * 1024, ' ').toString();
    const broken = await aServer((response) => json(response, 502, page));
    const good = await aServer(wellBehaved);

    await aClient([broken.url, good.url]).vend(request);

    expect([broken.seen.length, good.seen.length]).toEqual([1, 1]);
  });

  test('are not asked where the identity is what does not come', async () => {
    const identity = () => new Promise<string>(() => undefined);
    const [first, second] = [await aServer(wellBehaved), await aServer(wellBehaved)];
    const auth = { kind: 'jwt', identity } as const;
    const client = aClient([first.url, second.url], { auth, timeoutMs: 50 });

    expect((await errorOf(client.vend(request))).reason).toBe('identity-late');
    expect([...first.seen, ...second.seen]).toEqual([]);
  });

  test.each([400, 401, 403, 429])('are not shopped around with a %i', async (status) => {
    const first = await aServer((response) => json(response, status, {}, { 'retry-after': '9' }));
    const second = await aServer(wellBehaved);

    const error = await errorOf(aClient([first.url, second.url]).vend(request));

    expect(error).toMatchObject({ status, retryAfterSeconds: 9 });
    expect(second.seen).toEqual([]);
  });

  test.each([[[]], [['http://tokens.example.com']]])('are refused when they are %j', (urls) => {
    expect(() => aClient(urls)).toThrow(expect.objectContaining({ kind: 'usage' }));
  });
});

describe('connections', () => {
  test('are kept for the next request', async () => {
    const { url, connections } = await aServer(wellBehaved);
    const client = aClient(url);

    for (let call = 0; call < 3; call++) await client.vend(request);

    expect(connections.opened).toBe(1);
  });

  test('are not kept over a pause by the wall clock, nor over drop()', async () => {
    let now = new Date();
    const { url, connections } = await aServer(wellBehaved);
    const client = aClient(url, { clock: () => now });

    await client.vend(request);
    now = new Date(now.getTime() + 16_000);
    await client.vend(request);
    client.drop();
    await client.vend(request);

    expect(connections.opened).toBe(3);
  });

  test('that the server cut in the meantime cost no failure', async () => {
    const { url, connections } = await aServer(wellBehaved);
    const client = aClient(url);
    await client.vend(request);
    for (const socket of connections.open) socket.resetAndDestroy();

    await expect(client.vend(request)).resolves.toEqual(anAnswer());
  });

  test('of a call that is taken back are closed', async () => {
    const { url, connections, seen } = await aServer(() => undefined);
    const controller = new AbortController();
    const client = aClient(url, { timeoutMs: 50_000 });
    const error = errorOf(client.vend(request, { signal: controller.signal }));
    await expect.poll(() => seen.length).toBe(1);

    controller.abort();

    await expect.poll(() => connections.open.size).toBe(0);
    expect((await error).reason).toBe('abandoned');
  });
});

describe('TLS', () => {
  async function aTlsServer(names: readonly string[]) {
    const authority = await createCertificateAuthority({
      commonName: 'test',
      clock: () => new Date(),
    });
    const { certificatePem, privateKeyPem } = await authority.issueServer(names);
    const server = createTlsServer(
      { cert: certificatePem, key: privateKeyPem },
      (_request, response) => json(response, 200, anAnswer()),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `https://localhost:${portOf(server.address())}`;
    return { url, trustedRoots: authority.certificatePem };
  }

  test('is verified against the roots that are given', async () => {
    const { url, trustedRoots } = await aTlsServer(['localhost']);

    await expect(aClient(url, { trustedRoots }).vend(request)).resolves.toEqual(anAnswer());
  });

  test('is verified though the environment says otherwise', async () => {
    const { url } = await aTlsServer(['localhost']);
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    onTestFinished(() => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    });

    expect((await errorOf(aClient(url).vend(request))).reason).toBe('unreachable');
  });

  test('is verified by name', async () => {
    const { url, trustedRoots } = await aTlsServer(['tokens.example.com']);

    expect((await errorOf(aClient(url, { trustedRoots }).vend(request))).reason).toBe(
      'unreachable',
    );
  });
});

describe('A21: errors', () => {
  const secrets = [jwt, anAnswer().token, 'PLANTED', 'FwoGZXIvYXdz'];
  const echo = {
    ...anAnswer(),
    detail: jwt,
    code: jwt,
    hint: jwt,
    requestId: jwt,
    title: 'PLANTED',
  };

  test.each<[string, Script]>([
    ...[200, 301, 400, 401, 403, 404, 429, 500, 503].map((status): [string, Script] => [
      `a ${status} that echoes everything`,
      (response) => json(response, status, { ...echo, tokenLength: 1 }, { 'retry-after': jwt }),
    ]),
    ['a truncated token', (response) => json(response, 200, JSON.stringify(echo).slice(0, 700))],
    ['a token for somebody else', (response) => json(response, 200, { ...echo, user: 'root' })],
    ['a hang-up', (response) => response.destroy()],
    ['a timeout', () => undefined],
    ['a body without end', (response) => json(response, 200, jwt.repeat(9_000))],
  ])('hold no secret after %s', async (_what, script) => {
    const { url } = await aServer(script);

    const error = await errorOf(aClient(url, { timeoutMs: 200 }).vend(request));

    const said = JSON.stringify([
      error.message,
      error.stack,
      error.cause,
      Object.getOwnPropertyNames(error).map((name) => Reflect.get(error, name)),
    ]);
    for (const secret of secrets) expect(said).not.toContain(secret);
  });
});
