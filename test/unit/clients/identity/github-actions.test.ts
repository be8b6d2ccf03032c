import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import { githubActions } from '../../../../clients/identity/github-actions.ts';

const runnerToken = 'planted-runner-token';
let server: Server;
let base: string;
let asked: IncomingMessage[];
let answer: { readonly code: number; readonly body: string } | 'nothing';

/** The runner's endpoint, as far as a job sees it. */
beforeEach(async () => {
  asked = [];
  answer = { code: 200, body: '{"value":"a.b.c"}' };
  server = createServer((request, response) => {
    asked.push(request);
    if (answer === 'nothing') return;
    response.writeHead(answer.code, { 'content-type': 'application/json' }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const source = (changes: Partial<Parameters<typeof githubActions>[0]> = {}) =>
  githubActions({
    requestUrl: base,
    requestToken: runnerToken,
    audience: async () => 'https://tokens.example.com/a b',
    clock: () => new Date(),
    ...changes,
  });

describe('an identity from GitHub Actions', () => {
  it('is asked for with the runner’s token, its own query and our audience', async () => {
    expect(await source().read()).toBe('a.b.c');

    const [request] = asked;
    const url = new URL(request?.url ?? '', base);
    expect(request?.headers.authorization).toBe(`Bearer ${runnerToken}`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      'api-version': '2',
      audience: 'https://tokens.example.com/a b',
    });
  });

  it('is a new one each time, for an audience that is asked once', async () => {
    let questions = 0;
    const audience = async () => `https://tokens.example.com/${++questions}`;
    const { read } = source({ audience });

    await read();
    await read();

    expect([asked.length, questions]).toEqual([2, 1]);
  });

  it('asks for the audience again where that failed', async () => {
    const answers = [Promise.reject(new ClientError('unreachable')), Promise.resolve('x')];
    const { read } = source({ audience: () => answers.shift() ?? Promise.resolve('y') });

    await expect(read()).rejects.toMatchObject({ reason: 'unreachable' });

    expect(await read()).toBe('a.b.c');
  });

  it('is late where the endpoint is, and the API where that is who names the audience', async () => {
    answer = 'nothing';
    const silent = () => new Promise<string>(() => undefined);

    const ends = await Promise.allSettled([
      source({ attemptMs: 100 }).read(),
      source({ attemptMs: 100, audience: silent }).read(),
    ]);

    expect(ends).toMatchObject([
      { reason: { kind: 'identity', reason: 'github-token-late' } },
      { reason: { kind: 'unavailable', reason: 'timeout' } },
    ]);
  });

  it.each(['proxy-unauthenticated', 'proxy-refused', 'proxy-unreachable'] as const)(
    'is not blamed for %s',
    async (reason) => {
      const requestUrl = 'https://runner.example.com/token';
      const httpsAgent = () => {
        throw new ClientError(reason);
      };

      await expect(source({ requestUrl, httpsAgent }).read()).rejects.toMatchObject({ reason });
    },
  );

  it.each([
    ['says no', { code: 403, body: '{}' }],
    ['redirects', { code: 302, body: '' }],
    ['sends no JSON', { code: 200, body: '<html>' }],
    ['sends no token', { code: 200, body: '{"value":""}' }],
    ['sends 100 KB', { code: 200, body: `{"value":"${'x'.repeat(100_000)}"}` }],
  ])('is unreadable where the endpoint %s', async (_, given) => {
    answer = given;

    await expect(source().read()).rejects.toMatchObject({ reason: 'identity-unreadable' });
  });

  it.each([
    ['no runner token', { requestToken: undefined }],
    ['a runner token with a line break', { requestToken: 'a\r\nx: y' }],
    ['plain http to elsewhere', { requestUrl: 'http://runner.example.com/token' }],
    ['an address that is none', { requestUrl: 'token' }],
  ])('is never asked for with %s', async (_, changes) => {
    await expect(source(changes).read()).rejects.toMatchObject({ reason: 'identity-unreadable' });

    expect(asked).toEqual([]);
  });

  it('A21: puts the runner’s token into no error', async () => {
    answer = { code: 500, body: runnerToken };

    const error = await source()
      .read()
      .catch((reason: unknown) => reason);

    expect(`${error instanceof Error ? error.stack : ''}${JSON.stringify(error)}`).not.toContain(
      runnerToken,
    );
  });
});
