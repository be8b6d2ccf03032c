import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isComplete, openReader } from '../../../../bench/extension/http-reader.ts';

const answerWith = (body: string): string =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

describe('isComplete', () => {
  it('is true of a whole answer, and of none of its beginnings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', minLength: 1 }), (body) => {
        const answer = answerWith(body);
        const beginnings = Array.from(answer, (_, end) => answer.slice(0, end));

        expect(isComplete(answer)).toBe(true);
        expect(beginnings.some(isComplete)).toBe(false);
      }),
    );
  });

  it('refuses an answer whose end nobody can know', () => {
    expect(() => isComplete('HTTP/1.1 200 OK\r\n\r\n')).toThrow();
  });
});

describe('a reader', () => {
  let server: Server;
  let handle: (socket: Socket, request: string) => void;
  const connections: Socket[] = [];

  beforeEach(async () => {
    server = createServer((socket) => {
      connections.push(socket);
      socket.setEncoding('latin1').on('data', (request) => handle(socket, String(request)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    for (const socket of connections.splice(0)) socket.destroy();
    server.close();
  });

  const open = () => {
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    return openReader({ port, path: '/v1/tokens?database=orders', token: 'a-token' });
  };

  it('asks with the token, again and again over one connection', async () => {
    const requests: string[] = [];
    handle = (socket, request) => socket.write(answerWith(`${requests.push(request)}`));
    const reader = await open();

    const answers = [await reader.read(), await reader.read()];
    reader.close();

    expect(answers).toEqual([answerWith('1'), answerWith('2')]);
    expect(connections).toHaveLength(1);
    expect(requests[1]).toMatch(/^GET \/v1\/tokens\?database=orders HTTP\/1\.1\r\nHost: 127/);
    expect(requests[1]).toContain('\r\nX-Tokenvend-Token: a-token\r\n\r\n');
  });

  it('waits for an answer that comes in parts', async () => {
    handle = (socket) => {
      const [head = '', tail = ''] = answerWith('split').split('lit');
      socket.write(head, () => setImmediate(() => socket.write(`lit${tail}`)));
    };
    const reader = await open();

    const answer = await reader.read();
    reader.close();

    expect(answer).toBe(answerWith('split'));
  });

  it('rejects when the connection ends before', async () => {
    handle = (socket) => socket.end('HTTP/1.1 200 OK\r\n');
    const reader = await open();

    await expect(reader.read()).rejects.toBeInstanceOf(Error);
  });
});
