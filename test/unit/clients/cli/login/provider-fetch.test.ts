import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { providerFetch, safeUrl } from '../../../../../clients/cli/login/provider-fetch.ts';

let server: Server;
let url: string;
let listener: RequestListener;
beforeEach(async () => {
  server = createServer((request, response) => listener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const fetchIt = providerFetch({ clock: () => new Date(), timeoutMs: 500 });
const get = (address = url) =>
  fetchIt(address, { method: 'GET', headers: {}, body: undefined, redirect: 'manual' });

describe('what a provider is reached with', () => {
  it('gives the status, the headers and the body', async () => {
    listener = (_, response) => response.writeHead(418, { 'x-one': '1' }).end('{"a":1}');

    const answer = await get();

    expect([answer.status, answer.headers.get('x-one')]).toEqual([418, '1']);
    expect(await answer.json()).toEqual({ a: 1 });
  });

  it('posts a form', async () => {
    listener = (request, response) => request.pipe(response);

    const answer = await fetchIt(url, {
      method: 'POST',
      headers: {},
      body: new URLSearchParams({ code: 'a b' }),
      redirect: 'manual',
    });

    expect(await answer.text()).toBe('code=a+b');
  });

  it('gives an answer without content', async () => {
    listener = (_, response) => response.writeHead(204).end();

    expect((await get()).status).toBe(204);
  });

  it('A3: follows no redirect', async () => {
    listener = (_, response) => response.writeHead(302, { location: 'http://169.254.1.1' }).end();

    expect((await get()).status).toBe(302);
  });

  it('A3: reads no more than any answer should have', async () => {
    listener = (_, response) => response.end('x'.repeat(300_000));

    await expect(get()).rejects.toMatchObject({ reason: 'answer-too-large' });
  });

  it('A3: does not wait for ever', async () => {
    listener = () => undefined;

    await expect(get()).rejects.toMatchObject({ reason: 'timeout' });
  });

  it.each([
    'http://login.example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://127.0.0.1.example.com',
    'nothing',
  ])('does not go to %s', async (address) => {
    await expect(get(address)).rejects.toMatchObject({ reason: 'url-invalid' });
    expect(() => safeUrl(address)).toThrow(expect.objectContaining({ reason: 'url-invalid' }));
  });
});
