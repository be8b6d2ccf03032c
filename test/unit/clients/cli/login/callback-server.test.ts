import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CallbackServer,
  startCallbackServer,
} from '../../../../../clients/cli/login/callback-server.ts';
import { exchange, type HttpRequest } from '../../../../integration/support/http.ts';

let server: CallbackServer;
beforeEach(async () => {
  server = await startCallbackServer({ state: 'the-state', port: 0 });
});
afterEach(() => server.close());

/** Over a real socket: `fetch` would not send most of these. */
const ask = (asked: Partial<HttpRequest> = {}) =>
  exchange(new URL(server.redirectUri).origin, { path: good, ...asked });

const good = '/callback?code=the-code&state=the-state';
const never = new AbortController().signal;

/** Whether the sign-in goes on waiting. */
async function isWaiting(): Promise<boolean> {
  const arrived = server.comeBack(never).then(() => false);
  return Promise.race([arrived, new Promise<true>((resolve) => setImmediate(resolve, true))]);
}

describe('the address to come back to', () => {
  it('is on 127.0.0.1, at a port of its own', () => {
    expect(server.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  it('takes the answer, and tells the person to go back', async () => {
    const { status, text, headers } = await ask();

    const url = await server.comeBack(never);

    expect(url.searchParams.get('code')).toBe('the-code');
    expect(status).toBe(200);
    expect(text).toContain('You can close this window');
    expect(text).not.toContain('the-code');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  it.each<[string, number, Partial<HttpRequest>]>([
    ['another path', 404, { path: '/' }],
    ['a path below', 404, { path: '/callback/x?state=the-state' }],
    ['POST', 405, { method: 'POST' }],
    ['HEAD', 405, { method: 'HEAD' }],
    ['no state', 400, { path: '/callback?code=x' }],
    ['another state', 400, { path: '/callback?code=x&state=guessed' }],
    ['two states', 400, { path: '/callback?code=x&state=the-state&state=the-state' }],
    ['a whole address of another host', 421, { path: `http://evil.example.com${good}` }],
    ['an address that is none', 421, { path: '//' }],
    ['a path that becomes another host', 421, { path: `//evil.example.com${good}` }],
  ])('A20: refuses %s, and goes on waiting', async (_, status, asked) => {
    const answer = await ask(asked);

    expect(answer.status).toBe(status);
    expect(await isWaiting()).toBe(true);
  });

  it.each(['evil.example.com', 'localhost', '127.0.0.1', ''])(
    'A20: refuses the Host %j, as a rebound name would send it',
    async (host) => {
      const { hostname, port } = new URL(server.redirectUri);

      const status = await rawStatus(hostname, Number(port), host);

      // Node itself refuses some before we see them.
      expect(status).toBeGreaterThanOrEqual(400);
      expect(await isWaiting()).toBe(true);
    },
  );

  it('gives up when there has been time enough', async () => {
    await expect(server.comeBack(AbortSignal.abort())).rejects.toMatchObject({ failure: 'late' });
  });

  it('cannot be where another program is', async () => {
    const port = Number(new URL(server.redirectUri).port);

    await expect(startCallbackServer({ state: 's', port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

async function rawStatus(hostname: string, port: number, host: string): Promise<number> {
  const { connect } = await import('node:net');
  return new Promise((resolve, reject) => {
    const socket = connect(port, hostname, () => {
      socket.write(`GET ${good} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    });
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.on('end', () => resolve(Number(text.split(' ')[1])));
    socket.on('error', reject);
  });
}
