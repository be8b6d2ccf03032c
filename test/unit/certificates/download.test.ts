import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createDownload } from '../../../certificates/download.ts';
import type { RefusalCode } from '../../../certificates/refusal.ts';

const url = new URL('https://truststore.example/eu-west-1/eu-west-1-bundle.pem');
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

describe('createDownload', () => {
  it('returns the text of a 200', async () => {
    const download = await downloadFrom((_request, response) => response.end('roots'));

    expect(await download(url)).toBe('roots');
  });

  it.each<[string, RefusalCode, RequestListener]>([
    [
      'a redirect, even to a good answer',
      'download-failed',
      (request, response) => {
        if (request.url === '/elsewhere') response.end('roots');
        else response.writeHead(302, { location: '/elsewhere' }).end();
      },
    ],
    ['a 403', 'not-published', (_request, response) => response.writeHead(403).end('no')],
    ['a 404', 'not-published', (_request, response) => response.writeHead(404).end('no')],
    ['a 500', 'download-failed', (_request, response) => response.writeHead(500).end('no')],
    ['a 206', 'download-failed', (_request, response) => response.writeHead(206).end('half')],
    ['a body over the limit', 'too-large', (_request, response) => response.end(kilobytes(257))],
    [
      'a body over the limit that announces no length',
      'too-large',
      (_request, response) => {
        response.write(kilobytes(200));
        response.end(kilobytes(57));
      },
    ],
    [
      'a connection that breaks off within the body',
      'download-failed',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('half');
        setImmediate(() => response.destroy());
      },
    ],
  ])('refuses %s', async (_what, code, listener) => {
    const download = await downloadFrom(listener);

    await expect(download(url)).rejects.toMatchObject({ code });
  });

  it('takes a body of exactly the limit', async () => {
    const download = await downloadFrom((_request, response) => response.end(kilobytes(256)));

    expect(await download(url)).toHaveLength(256 * 1024);
  });

  it('asks nobody over plain HTTP', async () => {
    const asked: URL[] = [];
    const download = createDownload({
      fetch: async (target) => {
        asked.push(target);
        return new Response('roots');
      },
    });

    await expect(download(new URL('http://truststore.example/'))).rejects.toMatchObject({
      code: 'download-failed',
    });
    expect(asked).toEqual([]);
  });
});

function kilobytes(count: number): string {
  return 'x'.repeat(count * 1024);
}

/** A real fetch, whose requests arrive at a real server on loopback. */
async function downloadFrom(listener: RequestListener): Promise<(url: URL) => Promise<string>> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  return createDownload({
    fetch: ({ pathname }, init) => fetch(`http://127.0.0.1:${port}${pathname}`, init),
  });
}
