import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createExtensionsApi } from '../../../../layers/extension/extensions-api.ts';
import { openFirstCall } from '../../../../layers/extension/first-call.ts';
import type { RuntimeCall } from '../../../../layers/extension/runtime-call.ts';
import { freePort } from '../../../../local/free-port.ts';

const register: RuntimeCall = {
  method: 'POST',
  path: 'register',
  headers: { 'lambda-extension-name': 'tokenvend' },
  body: '{"events":["INVOKE"]}',
};

const success =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Extension-Identifier: an-id\r\n\r\n{}';

/** Answers each connection with these pieces, and notes what it was sent. */
async function aRuntime(...pieces: readonly string[]) {
  const received: string[] = [];
  const server = createServer((socket) => {
    socket.once('data', (chunk) => {
      received.push(chunk.toString());
      void sendAll(socket, pieces);
    });
    socket.on('error', () => undefined);
  });
  return { address: await listening(server), received };
}

/** Where it is, until the test ends. */
async function listening(server: Server): Promise<string> {
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return `127.0.0.1:${port}`;
}

async function sendAll(socket: Socket, pieces: readonly string[]): Promise<void> {
  socket.setNoDelay();
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.end();
}

/** Calls by node:http, as far as this call is concerned. */
function anOrdinaryCall() {
  const calls: RuntimeCall[] = [];
  const ordinary = async (call: RuntimeCall) => {
    calls.push(call);
    return { status: 403, headers: {}, body: 'read' };
  };
  return { ordinary, calls };
}

describe('the first call', () => {
  it('is a request like any other', async () => {
    const { address, received } = await aRuntime(success);
    const call = await openFirstCall(address, anOrdinaryCall().ordinary);

    await call(register);

    expect(received).toEqual([
      [
        'POST /2020-01-01/extension/register HTTP/1.1',
        `host: ${address}`,
        'lambda-extension-name: tokenvend',
        'content-length: 21',
        'connection: close',
        '',
        '{"events":["INVOKE"]}',
      ].join('\r\n'),
    ]);
  });

  it('brings the status and the headers of a success, however it is cut up', async () => {
    const { address } = await aRuntime(
      success.slice(0, 40),
      success.slice(40, 90),
      success.slice(90),
    );
    const { ordinary, calls } = anOrdinaryCall();
    const call = await openFirstCall(address, ordinary);

    const answer = await call(register);

    expect(answer.status).toBe(200);
    expect(answer.headers['lambda-extension-identifier']).toBe('an-id');
    expect(calls).toEqual([]);
  });

  it('registers', async () => {
    const { address } = await aRuntime(success);
    const { ordinary, calls } = anOrdinaryCall();
    const api = createExtensionsApi(await openFirstCall(address, ordinary), 'tokenvend');

    const registration = await api.register(['INVOKE']);
    await registration.next().catch(() => undefined);

    expect(calls).toMatchObject([{ headers: { 'lambda-extension-identifier': 'an-id' } }]);
  });

  it.each([
    ['a refusal', 'HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n{}'],
    ['half an answer', 'HTTP/1.1 200 OK\r\nLambda-Ext'],
    ['no answer', ''],
    ['something else', 'SSH-2.0-OpenSSH\r\n\r\n'],
  ])('is made once more by node:http for %s', async (_name, answer) => {
    const { address } = await aRuntime(answer);
    const { ordinary, calls } = anOrdinaryCall();
    const call = await openFirstCall(address, ordinary);

    expect(await call(register)).toMatchObject({ status: 403, body: 'read' });
    expect(calls).toEqual([register]);
  });

  it('is left to node:http where nothing listens', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const { ordinary, calls } = anOrdinaryCall();
    const call = await openFirstCall(address, ordinary);

    await call(register);

    expect(calls).toEqual([register]);
  });

  it('is made by node:http where the connection was closed before it was used', async () => {
    const server = createServer((socket) => socket.end());
    const address = await listening(server);
    const { ordinary, calls } = anOrdinaryCall();
    const hungUp = once(server, 'connection').then(([socket]) => once(socket, 'close'));
    const call = await openFirstCall(address, ordinary);
    await hungUp;

    await call(register);

    expect(calls).toEqual([register]);
  });

  it('leaves no connection behind, even one that may be kept', async () => {
    const server = createServer((socket) => socket.on('data', () => socket.write(success)));
    const address = await listening(server);
    const gone = once(server, 'connection').then(([socket]) => once(socket, 'close'));
    const call = await openFirstCall(address, anOrdinaryCall().ordinary);

    await call(register);

    await gone;
  });

  it.each(['127.0.0.1:99999', 'no address', '127.0.0.1:x'])(
    'is left to node:http for an address that is none: %s',
    async (address) => {
      const { ordinary, calls } = anOrdinaryCall();
      const call = await openFirstCall(address, ordinary);

      await call(register);

      expect(calls).toEqual([register]);
    },
  );

  it('is the only one that is written by hand', async () => {
    const { address, received } = await aRuntime(success);
    const { ordinary, calls } = anOrdinaryCall();
    const call = await openFirstCall(address, ordinary);

    await Promise.all([call(register), call({ method: 'GET', path: 'event/next' })]);

    expect(received.join('')).not.toContain('event/next');
    expect(calls).toEqual([{ method: 'GET', path: 'event/next' }]);
  });

  it('is on its way when it returns, whatever keeps the process busy then', async () => {
    const arrived = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(distantRuntime, { eval: true, workerData: arrived });
    onTestFinished(() => void worker.terminate());
    const [port] = await once(worker, 'message');
    const call = await openFirstCall(`127.0.0.1:${port}`, anOrdinaryCall().ordinary);

    void call(register);
    // Nothing else can happen in this thread before the request has arrived.
    const waited = Atomics.wait(arrived, 0, 0, 10_000);

    expect(waited).not.toBe('timed-out');
  });
});

/** Runs in a thread of its own, and says there when a request has come. */
const distantRuntime = `
  const { createServer } = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  const server = createServer((socket) => {
    socket.on('data', () => {
      Atomics.store(workerData, 0, 1);
      Atomics.notify(workerData, 0);
      socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;
