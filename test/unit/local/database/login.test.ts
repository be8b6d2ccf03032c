import { describe, expect, it } from 'vitest';
import { deferred } from '../../../builders/deferred.ts';
import { welcome } from './fake-backend.ts';
import { aListener } from './listener-fixture.ts';
import { passwordMessage, sqlStateOf, startupPacket } from './packets.ts';
import { logIn, openEncrypted } from './raw-client.ts';

describe('a login with a token that is accepted', () => {
  it('gives the server the startup packet byte for byte', async () => {
    const parameters = {
      user: 'orders_app',
      database: 'orders',
      options: '-c work_mem=1MB',
      x: 'ü',
    };
    const { listener, backend } = await aListener();
    const packet = startupPacket(parameters);

    await logIn(listener.port, { parameters });

    expect(await backend.sent(packet.length)).toEqual(packet);
  });

  it('lets the server speak first, then carries bytes both ways', async () => {
    const { listener, backend } = await aListener();
    const client = await logIn(listener.port);
    const before = await client.read(welcome.length);
    const startupLength = (await backend.sent(1)).length;

    client.send(Buffer.from('query'));

    const atServer = await backend.sent(startupLength + 5);
    expect([before, atServer.subarray(startupLength)]).toEqual([welcome, Buffer.from('query')]);
  });

  it('hangs up on the server when the client does', async () => {
    const { listener, backend } = await aListener();
    const client = await logIn(listener.port);
    await backend.sent(1);
    const connection = await backend.connection();

    client.socket.destroy();

    await expect.poll(() => connection.closed).toBe(true);
  });

  it('hangs up on the client when the server does, after its last bytes', async () => {
    const { listener, backend } = await aListener();
    const client = await logIn(listener.port);
    await backend.sent(1);

    (await backend.connection()).end('last');

    expect(await client.rest()).toEqual(Buffer.concat([welcome, Buffer.from('last')]));
  });

  it('hangs up on a client that stays when the server has gone', async () => {
    const { listener, backend } = await aListener({ maxConnections: 1 });
    const client = await logIn(listener.port);
    await client.read(welcome.length);
    client.socket.pause();

    (await backend.connection()).end();

    await expect.poll(() => openEncrypted(listener.port)).toBeDefined();
  });

  it('holds no session for a client whose time ran out while its token was checked', async () => {
    const check = deferred<{ readonly ok: true }>();
    const { listener, backend } = await aListener({
      checkToken: () => check.promise,
      handshakeTimeoutMs: 50,
    });

    await (await logIn(listener.port)).rest();
    check.resolve({ ok: true });

    const connection = await backend.connection();
    await expect.poll(() => connection.closed).toBe(true);
  });

  it('is refused as "not now" when the server is gone', async () => {
    const { listener } = await aListener({ backendPath: '/nonexistent/socket' });

    const client = await logIn(listener.port);

    expect(sqlStateOf(await client.rest())).toBe('57P03');
  });
});

describe('a login that is refused', () => {
  it('A29: asks the check about the very user that the server would open', async () => {
    const { listener, asked } = await aListener();

    await (await logIn(listener.port, { token: 'bad' })).rest();

    expect(asked).toEqual([{ token: 'bad', user: 'orders_app' }]);
  });

  it('tells the log why, and the client only that', async () => {
    const { listener, backend, refusals } = await aListener();

    const answer = await (await logIn(listener.port, { token: 'bad' })).rest();

    expect(sqlStateOf(answer)).toBe('28000');
    expect(answer.toString()).not.toContain('token-expired');
    expect(refusals).toEqual([{ user: 'orders_app', database: 'orders', reason: 'token-expired' }]);
    expect(backend.received).toEqual([]);
  });

  it('A17: does not even check a token for a user without rds_iam', async () => {
    const { listener, asked, refusals } = await aListener({
      usesIam: async (user) => user !== 'rdsadmin',
    });

    const answer = await (
      await logIn(listener.port, { parameters: { user: 'rdsadmin', database: 'orders' } })
    ).rest();

    expect(sqlStateOf(answer)).toBe('28P01');
    expect([asked, refusals[0]?.reason]).toEqual([[], 'not-rds-iam']);
  });

  it('fails closed when the check itself fails, and keeps what it said', async () => {
    const { listener, backend, refusals } = await aListener({
      checkToken: () => Promise.reject(new Error('secret')),
    });

    const answer = await (await logIn(listener.port)).rest();

    expect(sqlStateOf(answer)).toBe('28000');
    expect(JSON.stringify(refusals) + answer.toString()).not.toContain('secret');
    expect([refusals[0]?.reason, backend.received]).toEqual(['check-failed', []]);
  });

  it.each<[string, Buffer]>([
    ['empty', passwordMessage('')],
    ['too long', passwordMessage('x'.repeat(65_536))],
    ['not a password but a query', Buffer.from('Q\0\0\0\x06x\0', 'latin1')],
  ])('does not check a password that is %s', async (_case, message) => {
    const { listener, asked, refusals } = await aListener();
    const client = await openEncrypted(listener.port);
    client.send(startupPacket({ user: 'orders_app' }));
    await client.read(9);

    client.send(message);

    expect(sqlStateOf(await client.rest())).toBe('28000');
    expect([asked, refusals[0]?.reason]).toEqual([[], 'password-unreadable']);
  });
});
