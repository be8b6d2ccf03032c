import { describe, expect, it } from 'vitest';
import { welcome } from './fake-backend.ts';
import { aListener } from './listener-fixture.ts';
import {
  cancelRequest,
  gssRequest,
  requestPacket,
  sqlStateOf,
  sslRequest,
  startupPacket,
} from './packets.ts';
import { openEncrypted, openPlain } from './raw-client.ts';

const startup = startupPacket({ user: 'orders_app', database: 'orders' });

describe('before encryption', () => {
  it('is offered when asked for', async () => {
    const { listener } = await aListener();
    const client = await openPlain(listener.port);

    client.send(sslRequest);

    expect(await client.read(1)).toEqual(Buffer.from('S'));
  });

  it('is offered to a client that asked for GSSAPI first', async () => {
    const { listener } = await aListener();
    const client = await openPlain(listener.port);

    client.send(gssRequest);
    const answers = [await client.read(1)];
    client.send(sslRequest);
    answers.push(await client.read(1));

    expect(Buffer.concat(answers)).toEqual(Buffer.from('NS'));
  });

  it('a client that does not ask for it is refused, and its password never asked for', async () => {
    const { listener, backend, refusals } = await aListener();
    const client = await openPlain(listener.port);

    client.send(startup);

    expect(sqlStateOf(await client.rest())).toBe('28000');
    expect([backend.received, refusals]).toEqual([[], []]);
  });

  it.each([
    ['SSLRequest', [sslRequest, startup]],
    ['GSSENCRequest', [gssRequest, startup]],
    ['SSLRequest after GSSENCRequest', [gssRequest, sslRequest]],
  ])('CVE-2021-23214: bytes injected behind %s end the connection', async (_case, packets) => {
    const { listener, backend } = await aListener();
    const client = await openPlain(listener.port);

    client.send(...packets);

    expect(sqlStateOf(await client.rest())).toBe('08P01');
    expect(backend.received).toEqual([]);
  });

  it('CVE-2021-23214: bytes injected later are taken for a broken TLS handshake', async () => {
    const { listener, backend } = await aListener();
    const client = await openPlain(listener.port);
    client.send(sslRequest);
    await client.read(1);

    client.send(startup);

    expect((await client.rest()).toString('latin1')).not.toContain('R\0\0\0\x08');
    expect(backend.received).toEqual([]);
  });

  it('a client that asks for GSSAPI again and again is hung up on', async () => {
    const { listener } = await aListener();
    const client = await openPlain(listener.port);
    client.send(gssRequest);
    await client.read(1);

    client.send(gssRequest);

    expect(await client.rest()).toEqual(Buffer.alloc(0));
  });

  it('a protocol from before 2003 is named as unsupported', async () => {
    const { listener } = await aListener();
    const client = await openPlain(listener.port);

    client.send(requestPacket(2 << 16));

    expect(sqlStateOf(await client.rest())).toBe('0A000');
  });
});

describe('a cancel request', () => {
  const request = cancelRequest(Buffer.from('process and key'));

  it.each([
    ['in clear', openPlain],
    ['encrypted', openEncrypted],
  ])('sent %s reaches the server as it is, and nothing comes back', async (_case, open) => {
    const { listener, backend } = await aListener();
    const client = await open(listener.port);

    client.send(request);
    const atServer = await backend.sent(request.length);
    (await backend.connection()).end();

    expect(atServer).toEqual(request);
    expect((await client.rest()).includes(welcome)).toBe(false);
  });
});
