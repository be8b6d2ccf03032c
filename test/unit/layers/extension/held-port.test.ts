import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type HeldPort,
  holdPort,
  listenOnAddress,
  listenOnBoundSocket,
} from '../../../../layers/extension/held-port.ts';

const request = 'GET / HTTP/1.1\r\nHost: any\r\nConnection: close\r\n\r\n';

/** A client that has connected, and is closed when the test ends. */
async function aClient({ port }: HeldPort): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Takes the port over, and is closed when the test ends. */
function aServer(port: HeldPort, options = {}): Server {
  const server = createServer(options, (_request, response) => response.end('served'));
  port.handTo(server);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return server;
}

/** Until the port has accepted what was connected before. */
async function untilAccepted(port: HeldPort): Promise<void> {
  const later = await aClient(port);
  later.destroy();
  await new Promise((resolve) => setImmediate(resolve));
}

describe('a port that is held', () => {
  it('keeps who comes early, and what they have sent, until there is a server', async () => {
    const port = await holdPort(0);
    const early = await aClient(port);
    early.write(request);
    await untilAccepted(port);

    aServer(port);

    expect(await text(early)).toMatch(/^HTTP\/1\.1 200 [\s\S]*served$/);
  });

  it('keeps who comes early and sends later', async () => {
    const port = await holdPort(0);
    const early = await aClient(port);
    await untilAccepted(port);
    aServer(port);

    early.write(request);

    expect(await text(early)).toContain('served');
  });

  it('lets in who comes after it was handed over', async () => {
    const port = await holdPort(0);
    aServer(port);
    const late = await aClient(port);

    late.write(request);

    expect(await text(late)).toContain('served');
  });

  it('gives a server time that also runs for who came early and sends nothing', async () => {
    const port = await holdPort(0);
    const early = await aClient(port);
    early.write('GET / HTTP/1.1\r\n');
    await untilAccepted(port);

    aServer(port, { requestTimeout: 20, headersTimeout: 20, connectionsCheckingInterval: 5 });

    expect(await text(early)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('survives who comes early and has gone', async () => {
    const port = await holdPort(0);
    const early = await aClient(port);
    early.resetAndDestroy();
    await untilAccepted(port);
    aServer(port);
    const next = await aClient(port);

    next.write(request);

    expect(await text(next)).toContain('served');
  });

  it('is free again when its server is closed', async () => {
    const port = await holdPort(0);
    const server = aServer(port);
    await once(server, 'listening');
    server.close();
    await once(server, 'close');

    const again = await holdPort(port.port);

    expect(again.port).toBe(port.port);
    aServer(again);
  });
});

describe.each([
  ['any Node has', listenOnAddress],
  ['Node 24.19 and newer have', listenOnBoundSocket],
])('the way to listen that %s', (_whose, listen) => {
  it('lets nobody in but this machine', async () => {
    const server = aServer(await holdPort(0, listen));

    expect(server.address()).toMatchObject({ address: '127.0.0.1', family: 'IPv4' });
  });

  it('fails while another has the port', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    await expect(holdPort(port, listen)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
