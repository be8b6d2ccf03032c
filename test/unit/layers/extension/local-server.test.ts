import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { holdPort } from '../../../../layers/extension/held-port.ts';
import { answerOf } from '../../../../layers/extension/local-answer.ts';
import {
  type LocalServerOptions,
  startLocalServer,
} from '../../../../layers/extension/local-server.ts';

const hello = answerOf(200, 'text/plain', 'hello é');

async function aServer(parts: Partial<LocalServerOptions> = {}) {
  const server = startLocalServer({
    port: await holdPort(0),
    api: async () => hello,
    ids: () => 'request-1',
    ...parts,
  });
  onTestFinished(() => server.close());
  return server;
}

async function aSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

const request = 'GET /x HTTP/1.1\r\nHost: x\r\n\r\n';

/** Hung up on, or reset: what was half sent is not read any more. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => undefined).on('close', () => resolve());
  });
}

async function untilClosed(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  await once(socket, 'close');
  return text;
}

describe('the local server', () => {
  it('writes an answer with its length in bytes', async () => {
    const { port } = await aServer();

    const answer = await fetch(`http://127.0.0.1:${port}/x`);

    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...hello.headers,
      'content-length': '8',
    });
    expect(await answer.text()).toBe('hello é');
  });

  it('answers what is no HTTP with a whole answer, and hangs up', async () => {
    const { port } = await aServer();
    const socket = await aSocket(port);

    socket.write('SSH-2.0-attacker\r\n\r\n');
    const text = await untilClosed(socket);

    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head.split('\r\n')).toEqual([
      'HTTP/1.1 400 Bad Request',
      'content-type: application/problem+json',
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      'connection: close',
      `content-length: ${Buffer.byteLength(body)}`,
    ]);
    expect(JSON.parse(body)).toMatchObject({ code: 'INVALID_REQUEST', requestId: 'request-1' });
  });

  it('counts who came before it did among the connections that there may be', async () => {
    const port = await holdPort(0);
    const early = [await aSocket(port.port), await aSocket(port.port)];
    await aServer({ port, limits: { maxConnections: 2 } });

    const answers = early.map((socket) => {
      socket.write(request);
      return once(socket, 'data');
    });
    await Promise.all(answers);
    const third = await aSocket(port.port);

    await closed(third);
  });

  it('lets somebody in again when a connection has ended', async () => {
    const { port } = await aServer({ limits: { maxConnections: 1 } });
    const first = await aSocket(port);
    first.end(request);
    await closed(first.resume());

    // The server learns of the end a moment after the client.
    await expect
      .poll(() => fetch(`http://127.0.0.1:${port}/x`).then(({ status }) => status, String), {
        timeout: 20_000,
      })
      .toBe(200);
  });

  it('ends, and with it the connections that are kept', async () => {
    const server = await aServer();
    const kept = await aSocket(server.port);
    kept.write(request);
    await once(kept, 'data');
    const halfway = await aSocket(server.port);
    halfway.write('GET /x HTTP/1.1\r\nHost:');
    const hungUp = [kept, halfway].map(closed);

    await server.close();
    await Promise.all(hungUp);
    const [error] = await once(connect(server.port, '127.0.0.1'), 'error');

    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });
});
