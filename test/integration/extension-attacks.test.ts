import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aService, localToken, tokenPath } from './extension-programs/a-service.ts';
import { aSocket } from './extension-programs/a-socket.ts';
import { aTokenApi } from './extension-programs/a-token-api.ts';

/** Sends these bytes, and reads until the server hangs up. */
async function sent(port: number, bytes: string): Promise<string> {
  const socket = await aSocket(port);
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    received += chunk;
  });
  socket.write(bytes);
  await once(socket, 'close');
  return received;
}

const requestWith = (...lines: string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
const codeIn = (answer: string): string | undefined => /"code":"([A-Z_]+)"/.exec(answer)?.[1];

describe('A20: over a real socket', () => {
  const line = `GET ${tokenPath} HTTP/1.1`;
  const token = `X-Tokenvend-Token: ${localToken}`;

  it.each([
    ['a rebound name', ['Host: attacker.example:PORT', token], 'INVALID_REQUEST'],
    ['another port', ['Host: 127.0.0.1:1', token], 'INVALID_REQUEST'],
    ['no Host at all', [token], 'INVALID_REQUEST'],
    ['an Origin', ['Host: 127.0.0.1:PORT', token, 'Origin: null'], 'INVALID_REQUEST'],
    ['a Referer', ['Host: 127.0.0.1:PORT', token, 'Referer: http://x/'], 'INVALID_REQUEST'],
    ['Sec-Fetch-Site', ['Host: 127.0.0.1:PORT', token, 'Sec-Fetch-Site: none'], 'INVALID_REQUEST'],
    ['a proxy', ['Host: 127.0.0.1:PORT', token, 'X-Forwarded-For: 10.0.0.1'], 'INVALID_REQUEST'],
    ['a body', ['Host: 127.0.0.1:PORT', token, 'Content-Length: 2', '', '{}'], 'INVALID_REQUEST'],
    ['no token', ['Host: 127.0.0.1:PORT'], 'UNAUTHENTICATED'],
    ['another token', ['Host: 127.0.0.1:PORT', 'X-Tokenvend-Token: x'], 'UNAUTHENTICATED'],
    ['two tokens', ['Host: 127.0.0.1:PORT', token, token], 'UNAUTHENTICATED'],
  ])('refuses %s, and hangs up', async (_what, lines, code) => {
    const api = await aTokenApi();
    const { server } = await aService({ apiUrl: api.url });
    const headers = lines.map((one) => one.replace('PORT', String(server.port)));

    const answer = await sent(server.port, requestWith(line, ...headers));

    expect(codeIn(answer)).toBe(code);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(answer).toMatch(/\r\ncontent-type: application\/problem\+json\r\n/i);
    expect(api.requests).toEqual([]);
  });

  it.each(['POST', 'PUT', 'OPTIONS', 'DELETE', 'TRACE'])('refuses %s', async (method) => {
    const api = await aTokenApi();
    const { server } = await aService({ apiUrl: api.url });
    const host = `Host: 127.0.0.1:${server.port}`;

    const answer = await sent(
      server.port,
      requestWith(`${method} ${tokenPath} HTTP/1.1`, host, token),
    );

    expect(codeIn(answer)).toBe('INVALID_REQUEST');
    expect(answer).not.toMatch(/access-control/i);
    expect(api.requests).toEqual([]);
  });

  it('gives the same to who asks for it as it should be asked for', async () => {
    const api = await aTokenApi();
    const { get } = await aService({ apiUrl: api.url });

    const { status, headers } = await get(tokenPath);

    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-tokenvend-cache': 'miss' });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('answers a HEAD as it does a GET, without what is secret', async () => {
    const api = await aTokenApi();
    const { server } = await aService({ apiUrl: api.url });
    const lines = [`Host: 127.0.0.1:${server.port}`, token, 'Connection: close'];

    const answer = await sent(server.port, requestWith(`HEAD ${tokenPath} HTTP/1.1`, ...lines));

    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toMatch(/\r\ncontent-length: \d{4}\r\n/i);
    expect(answer.endsWith('\r\n\r\n')).toBe(true);
  });

  it.each([
    ['headers of 17 KB', requestWith(line, `X-Much: ${'a'.repeat(17_000)}`)],
    ['something that is no HTTP', 'SSH-2.0-attacker\r\n\r\n'],
    ['a header with a bare line feed in its name', `${line}\r\nHo\nst: x\r\n\r\n`],
  ])('refuses %s with the same error as everything else', async (_what, bytes) => {
    const { server, get } = await aService({ apiUrl: 'http://127.0.0.1:9' });

    const answer = await sent(server.port, bytes);

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(codeIn(answer)).toBe('INVALID_REQUEST');
    expect((await get('/health')).status).toBe(200);
  });

  it('listens on 127.0.0.1 and nowhere else', async () => {
    const { server } = await aService({ apiUrl: 'http://127.0.0.1:9' });

    const socket = connect(server.port, '127.0.0.2');
    const [error] = await once(socket, 'error');

    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('A20: connections that are held', () => {
  it('by a byte now and then are closed, and others are served meanwhile', async () => {
    const { server, get } = await aService({
      apiUrl: 'http://127.0.0.1:9',
      limits: { requestTimeoutMs: 300 },
    });
    const socket = await aSocket(server.port);
    socket.write(`GET ${tokenPath} HTTP/1.1\r\nHost: `);
    const dripping = setInterval(() => socket.write('1'), 50);
    onTestFinished(() => clearInterval(dripping));
    let received = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      received += chunk;
    });

    const { status } = await get('/health');
    await once(socket, 'close');

    expect(status).toBe(200);
    expect(codeIn(received)).toBe('INVALID_REQUEST');
  });

  it('without a word are closed as well', async () => {
    const limits = { requestTimeoutMs: 200 };
    const { server } = await aService({ apiUrl: 'http://127.0.0.1:9', limits });
    const socket = await aSocket(server.port);
    socket.resume();

    await once(socket, 'close');

    expect(socket.destroyed).toBe(true);
  });
});
