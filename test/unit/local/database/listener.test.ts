import { describe, expect, it } from 'vitest';
import { welcome } from './fake-backend.ts';
import { aListener } from './listener-fixture.ts';
import { sslRequest, startupPacket } from './packets.ts';
import { logIn, openEncrypted, openPlain } from './raw-client.ts';

describe('a listener', () => {
  const handshakeTimeoutMs = 50;

  it('hangs up on a client that says nothing', async () => {
    const { listener } = await aListener({ handshakeTimeoutMs });

    const client = await openPlain(listener.port);

    expect(await client.rest()).toEqual(Buffer.alloc(0));
  });

  it('hangs up on a client that asks for TLS and does not start it', async () => {
    const { listener } = await aListener({ handshakeTimeoutMs });
    const client = await openPlain(listener.port);

    client.send(sslRequest);

    expect(await client.rest()).toEqual(Buffer.from('S'));
  });

  it('hangs up on a client that never sends its password', async () => {
    const { listener } = await aListener({ handshakeTimeoutMs });
    const client = await openEncrypted(listener.port);

    client.send(startupPacket({ user: 'orders_app' }));

    expect(await client.rest()).toHaveLength(9);
  });

  it('hangs up on a refused client that keeps its half of the connection open', async () => {
    const { listener } = await aListener({ handshakeTimeoutMs });
    const client = await openPlain(listener.port);
    client.socket.allowHalfOpen = true;
    client.socket.resume();

    client.send(startupPacket({ user: 'orders_app' }));

    await expect
      .poll(() => {
        client.socket.write('x');
        return client.socket.closed;
      })
      .toBe(true);
  });

  it('leaves a session alone once it is open', async () => {
    const { listener, backend } = await aListener({ handshakeTimeoutMs });
    const client = await logIn(listener.port);
    await client.read(welcome.length);

    // The next silent client is hung up on after the same time: the session's deadline is over, too.
    await (await openPlain(listener.port)).rest();
    client.send(Buffer.from('query'));

    expect((await backend.sent(startupLength + 5)).subarray(-5)).toEqual(Buffer.from('query'));
  });

  it('hangs up on connections beyond its limit, and takes new ones when others have gone', async () => {
    const { listener } = await aListener({ maxConnections: 1 });
    const first = await openEncrypted(listener.port);

    const refused = await (await openPlain(listener.port)).rest();
    first.socket.destroy();

    expect(refused).toEqual(Buffer.alloc(0));
    await expect.poll(() => openEncrypted(listener.port)).toBeDefined();
  });

  it('gives the place of a refused client away as soon as it has gone', async () => {
    const { listener } = await aListener({ maxConnections: 1 });
    const refused = await openPlain(listener.port);
    refused.send(startupPacket({ user: 'orders_app' }), Buffer.from('and more'));
    await refused.rest();

    const next = () => openEncrypted(listener.port);

    await expect.poll(next).toBeDefined();
  });

  it('ends every connection when it is closed, and may be closed twice', async () => {
    const { listener } = await aListener();
    const clients = [
      await openPlain(listener.port),
      await openEncrypted(listener.port),
      await logIn(listener.port),
    ];
    const gone = clients.map((client) => client.rest());

    await listener.close();
    await listener.close();

    expect(await Promise.all(gone)).toHaveLength(3);
    await expect(openPlain(listener.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

const startupLength = startupPacket({ user: 'orders_app', database: 'orders' }).length;
