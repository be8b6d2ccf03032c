import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aService, localToken, tokenPath } from './extension-programs/a-service.ts';
import { aSocket } from './extension-programs/a-socket.ts';
import { aTokenApi, numberOf } from './extension-programs/a-token-api.ts';

/** Statuses and bodies of as many requests at once, over as many connections. */
function atOnce(url: string, count: number): Promise<{ status: number; body: string }[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  onTestFinished(() => agent.destroy());
  const headers = { 'x-tokenvend-token': localToken };
  const one = (): Promise<{ status: number; body: string }> =>
    new Promise((resolve, reject) => {
      request(`${url}${tokenPath}`, { agent, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      })
        .on('error', reject)
        .end();
    });
  return Promise.all(Array.from({ length: count }, one));
}

describe('A25: 1,000 requests at once', () => {
  it('that all miss are one call, over 1,000 connections', async () => {
    const api = await aTokenApi();
    api.behave({ delayMs: 500 });
    const { url } = await aService({ apiUrl: api.url });

    const answers = await atOnce(url, 1_000);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => numberOf(body)))).toEqual(new Set([1]));
    expect(api.requests).toHaveLength(1);
  });

  it('that all fail are one call, and so are those that come next', async () => {
    const api = await aTokenApi();
    // Longer than a loaded machine takes for a thousand requests.
    api.behave({ status: 503, retryAfterSeconds: 120 });
    const { url } = await aService({ apiUrl: api.url });

    const first = await atOnce(url, 500);
    const next = await atOnce(url, 500);

    expect(new Set([...first, ...next].map(({ status }) => status))).toEqual(new Set([503]));
    expect(api.requests).toHaveLength(1);
  });
});

describe('A20: connections that are held', () => {
  it('in thousands cost no more than their number, and service goes on when they are gone', async () => {
    const { server, get } = await aService({
      apiUrl: 'http://127.0.0.1:9',
      // So that it is their number, and not their silence.
      limits: { requestTimeoutMs: 60_000 },
    });
    const sockets = await Promise.all(Array.from({ length: 1_001 }, () => aSocket(server.port)));
    const closed = sockets.map((socket) => once(socket.resume(), 'close'));

    // The one too many is hung up on at once. Which one that is, the system decides.
    await Promise.race(closed);
    for (const socket of sockets) socket.destroy();

    await expect
      .poll(() =>
        get('/health').then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });
});
