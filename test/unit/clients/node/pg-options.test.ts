import { describe, expect, it } from 'vitest';
import { DriverOptionsError } from '../../../../clients/node/driver-options-error.ts';
import { pgOptions } from '../../../../clients/node/pg-options.ts';
import { aDatabaseToken, aSource, pem } from './a-source.ts';

const target = { database: 'orders', user: 'orders_app', team: 'payments' };
const verified = { ssl: { rejectUnauthorized: true } };

describe('options for pg', () => {
  it('say where the database is, and verify certificate and name', async () => {
    const { database } = aDatabaseToken();

    const options = await pgOptions(aSource(), target);

    expect(options).toMatchObject({
      host: database.host,
      port: database.port,
      user: 'orders_app',
      database: 'orders',
      ssl: { ca: pem, servername: database.host, rejectUnauthorized: true },
      connectionTimeoutMillis: 10_000,
    });
    expect(options.application_name).toBe(`tv:${aDatabaseToken().id}`);
  });

  it('hold no token, so that printing them shows none', async () => {
    const options = await pgOptions(aSource(), target);

    expect(JSON.stringify(options)).not.toContain('X-Amz');
  });

  it('ask for a token at each connection', async () => {
    const tokens = [0, 1, 2].map((n) => aDatabaseToken(n));
    const source = aSource(...tokens);
    const { password } = await pgOptions(source, target);

    const passwords = [await password(verified), await password()];

    expect(passwords).toEqual([tokens[1]?.token, tokens[2]?.token]);
    expect(source.asked).toEqual([target, target, target]);
  });

  it("keep the application's own settings, and its name in front of the vend's id", async () => {
    const settings = { application_name: 'shop', max: 4, database: 'archive' };

    const options = await pgOptions(aSource(), target, settings);

    expect(options).toMatchObject({ max: 4, database: 'archive' });
    expect(options.application_name).toBe(`shop tv:${aDatabaseToken().id}`);
  });

  it('name the database like the user where the registry names none, whatever PGDATABASE says', async () => {
    const { dbname: _, ...unnamed } = aDatabaseToken().database;
    const source = aSource({ ...aDatabaseToken(), database: unnamed });

    expect((await pgOptions(source, target)).database).toBe('orders_app');
  });

  it('dial the end of a tunnel, and verify the real endpoint', async () => {
    const via = { host: '127.0.0.1', port: 15432 };

    const options = await pgOptions(aSource(), { ...target, via });

    expect(options).toMatchObject(via);
    expect(options.ssl.servername).toBe(aDatabaseToken().database.host);
  });

  it.each([
    ['connectionString', 'postgres://elsewhere.example.com/orders'],
    ['ssl', false],
    ['sslmode', 'disable'],
    ['password', 'secret'],
    ['host', 'elsewhere.example.com'],
    ['port', 5433],
    ['user', 'somebody'],
    ['stream', () => undefined],
    ['connection', {}],
  ])('refuse %s beside them', async (field, value) => {
    const settings: object = { [field]: value };

    const attempt = pgOptions(aSource(), target, settings);

    await expect(attempt).rejects.toMatchObject({ reason: 'field-refused', field });
  });

  it('refuse a database that is not PostgreSQL', async () => {
    const source = aSource(aDatabaseToken(0, { engine: 'mysql' }));

    await expect(pgOptions(source, target)).rejects.toMatchObject({ reason: 'engine-mismatch' });
  });

  it.each([
    ['none', undefined],
    ['none, said with false', false],
    ['unverified', { rejectUnauthorized: false }],
    ['without saying that it verifies', {}],
  ])('give no token to a connection whose TLS is %s', async (_what, ssl) => {
    const source = aSource();
    const { password } = await pgOptions(source, target);

    const attempt = password({ ssl });

    await expect(attempt).rejects.toThrow(DriverOptionsError);
    await expect(attempt).rejects.toMatchObject({ reason: 'not-encrypted' });
    expect(source.asked).toHaveLength(1);
  });

  it.each([
    ['host', aDatabaseToken(1, { host: 'orders-green.c9akciq32abc.eu-west-1.rds.amazonaws.com' })],
    ['port', aDatabaseToken(1, { port: 5433 })],
    ['user', { ...aDatabaseToken(1), user: 'orders_app_2' }],
  ])('give no token for another %s to a pool that keeps the old one', async (_what, moved) => {
    const { password } = await pgOptions(aSource(aDatabaseToken(), moved), target);

    await expect(password(verified)).rejects.toMatchObject({ reason: 'endpoint-changed' });
  });
});
