import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mysql2Options } from '../../../../clients/node/mysql2-options.ts';
import { portOf } from '../api-client/a-server.ts';
import { aDatabaseToken, aSource, pem } from './a-source.ts';

const target = { database: 'ledger', user: 'ledger_app' };
const mysql = { engine: 'mysql', dbname: 'ledger' } as const;
const verified = { config: { ssl: { rejectUnauthorized: true, verifyIdentity: true } } };

describe('options for mysql2', () => {
  it.each(['mysql', 'mariadb'] as const)('say where a %s database is', async (engine) => {
    const token = aDatabaseToken(0, { engine, dbname: 'ledger' });

    const options = await mysql2Options(aSource(token), target);

    expect(options).toMatchObject({
      host: token.database.host,
      port: token.database.port,
      user: token.user,
      database: 'ledger',
    });
  });

  it('verify the host name, which the driver leaves out by itself', async () => {
    const { ssl } = await mysql2Options(aSource(aDatabaseToken(0, mysql)), target);

    expect(ssl).toEqual({ ca: pem, rejectUnauthorized: true, verifyIdentity: true });
  });

  it('give each connection a token of its own, ended by the zero byte that servers expect', async () => {
    const tokens = [0, 1, 2].map((n) => aDatabaseToken(n, mysql));
    const source = aSource(...tokens);
    const { authPlugins } = await mysql2Options(source, target);
    const login = authPlugins.mysql_clear_password({ connection: verified });

    const sent = [await login(), await login()];

    expect(sent).toEqual([`${tokens[1]?.token}\0`, `${tokens[2]?.token}\0`]);
  });

  it.each([
    ['none', false],
    ['of a profile that does not verify the name', { rejectUnauthorized: true }],
    ['unverified', { rejectUnauthorized: false, verifyIdentity: true }],
  ])('give no token to a connection whose TLS is %s', async (_what, ssl) => {
    const source = aSource(aDatabaseToken(0, mysql));
    const { authPlugins } = await mysql2Options(source, target);

    const login = authPlugins.mysql_clear_password({ connection: { config: { ssl } } });

    await expect(login()).rejects.toMatchObject({ reason: 'not-encrypted' });
    expect(source.asked).toHaveLength(1);
  });

  it("keep the application's own settings, and its name in front of the vend's id", async () => {
    const settings = { connectionLimit: 4, connectAttributes: { program_name: 'shop', a: 'b' } };

    const options = await mysql2Options(aSource(aDatabaseToken(0, mysql)), target, settings);

    expect(options.connectionLimit).toBe(4);
    expect(options.connectAttributes).toEqual({
      program_name: `shop tv:${aDatabaseToken().id}`,
      a: 'b',
    });
  });

  it('dial the end of a tunnel, under the name of the real endpoint', async () => {
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const via = { host: '127.0.0.1', port: portOf(server.address()) };
    const accepted = new Promise((resolve) => server.once('connection', resolve));

    const token = aDatabaseToken(0, mysql);
    const options = await mysql2Options(aSource(token), { ...target, via });
    options.stream?.();

    expect(options.host).toBe(token.database.host);
    await expect(accepted).resolves.toBeDefined();
  });

  it.each([
    ['uri', 'mysql://elsewhere.example.com/ledger'],
    ['ssl', 'Amazon RDS'],
    ['password', 'secret'],
    ['password1', 'secret'],
    ['host', 'elsewhere.example.com'],
    ['port', 3307],
    ['socketPath', '/run/mysqld.sock'],
    ['stream', () => undefined],
    ['user', 'somebody'],
    ['authPlugins', {}],
    ['authSwitchHandler', () => undefined],
    ['enableCleartextPlugin', true],
    ['insecureAuth', true],
  ])('refuse %s beside them', async (field, value) => {
    const settings: object = { [field]: value };

    const attempt = mysql2Options(aSource(aDatabaseToken(0, mysql)), target, settings);

    await expect(attempt).rejects.toMatchObject({ reason: 'field-refused', field });
  });

  it('refuse a database that is PostgreSQL', async () => {
    const attempt = mysql2Options(aSource(), target);

    await expect(attempt).rejects.toMatchObject({ reason: 'engine-mismatch' });
  });
});
