import { describe, expect, test } from 'vitest';
import { FetchFailed, fetchJson } from '../../../adapters/capped-fetch.ts';
import { keyUrlProblem } from '../../../core/registry/issuer-url.ts';
import { aServer } from './jwks-server.ts';

const limits = { deadlineMs: 2_000, maxBodyBytes: 100 * 1024 };

async function faultOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'none';
  } catch (error) {
    return error instanceof FetchFailed ? error.fault : `no FetchFailed: ${error}`;
  }
}

describe('fetchJson', () => {
  test('gives the document of a server that behaves', async () => {
    const { url } = await aServer((_request, response) => response.end('{"keys":[]}'));

    expect(await fetchJson(url, limits)).toEqual({ keys: [] });
  });

  test.each([301, 302, 303, 307, 308])('A3: follows no redirect (%i)', async (status) => {
    const target = await aServer((_request, response) => response.end('{"keys":[]}'));
    const { url } = await aServer((_request, response) => {
      response.writeHead(status, { location: target.url }).end();
    });

    expect(await faultOf(fetchJson(url, limits))).toBe('status');
    expect(target.requests()).toBe(0);
  });

  test.each([201, 204, 206, 400, 404, 500, 503])(
    'A3: takes no %i for an answer',
    async (status) => {
      const { url } = await aServer((_request, response) => {
        response.writeHead(status).end('{"keys":[]}');
      });

      expect(await faultOf(fetchJson(url, limits))).toBe('status');
    },
  );

  test('A3: hangs up on an error whose body never ends', async () => {
    let hangUp = (): void => {};
    const hungUp = new Promise<void>((resolve) => {
      hangUp = resolve;
    });
    const { url } = await aServer((_request, response) => {
      response.on('close', hangUp).writeHead(500).write('more follows');
    });
    const longest = { ...limits, deadlineMs: 60_000 };

    expect(await faultOf(fetchJson(url, longest))).toBe('status');
    await hungUp;
  });

  test('A3: stops reading a body of 10 MB, long before its end', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, ' ');
    let sent = 0;
    const { url } = await aServer((_request, response) => {
      const push = (): void => {
        sent += megabyte.length;
        if (response.destroyed || sent > 10 * megabyte.length) response.end();
        else if (response.write(megabyte)) setImmediate(push);
        else response.once('drain', push);
      };
      push();
    });

    expect(await faultOf(fetchJson(url, limits))).toBe('too-large');
    expect(sent).toBeLessThan(10 * megabyte.length);
  });

  test('takes a body of exactly the size allowed, and not a byte more', async () => {
    const { url } = await aServer((request, response) => {
      response.end(JSON.stringify('x'.repeat(request.url === '/jwks?more' ? 99 : 98)));
    });
    const small = { ...limits, maxBodyBytes: 100 };

    expect(await faultOf(fetchJson(url, small))).toBe('none');
    expect(await faultOf(fetchJson(`${url}?more`, small))).toBe('too-large');
  });

  test.each(['http://127.0.0.2:1/jwks', 'http://localhost:1/jwks', 'http://[::1]:1/jwks'])(
    'asks %s, as the registry takes it for loopback',
    async (url) => {
      expect(keyUrlProblem(url)).toBeUndefined();
      expect(await faultOf(fetchJson(url, limits))).not.toBe('insecure-url');
    },
  );

  test('A3: gives up on a server that does not answer', async () => {
    const { url } = await aServer(() => {});

    expect(await faultOf(fetchJson(url, { ...limits, deadlineMs: 100 }))).toBe('deadline');
  });

  test('A3: gives up on a server that drips, although every byte comes in time', async () => {
    const { url } = await aServer((_request, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });

    expect(await faultOf(fetchJson(url, { ...limits, deadlineMs: 200 }))).toBe('deadline');
  });

  test.each(['', 'garbage', '{"keys":[', '<html></html>'])(
    'A3: takes %j for no document',
    async (body) => {
      const { url } = await aServer((_request, response) => response.end(body));

      expect(await faultOf(fetchJson(url, limits))).toBe('not-json');
    },
  );

  test('reports a connection that breaks off as unreachable', async () => {
    const { url } = await aServer((request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"keys":');
      setImmediate(() => request.socket.destroy());
    });

    expect(await faultOf(fetchJson(url, limits))).toBe('unreachable');
  });

  test.each([
    'http://issuer.example.com/jwks',
    'http://127.0.0.1.example.com/jwks',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'data:application/json,{}',
  ])('A3: asks nothing of %s', async (address) => {
    expect(await faultOf(fetchJson(address, limits))).toBe('insecure-url');
  });

  test('takes an address that is none for unreachable', async () => {
    expect(await faultOf(fetchJson('no address', limits))).toBe('unreachable');
  });
});
