import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pgService } from '../../../../core/connection/pg-service.ts';
import { aTarget, aTargetWithoutDbname, hostileText, sampleToken } from './builders.ts';
import { readService } from './libpq-service-file.ts';

const via = { host: '127.0.0.1', port: 15432 };

describe('pgService', () => {
  it('says where, as whom and how verified, and where the password is', () => {
    const file = pgService(
      aTarget({ passFile: '/run/db/orders/pgpass', applicationName: 'billing' }),
    );

    expect(Object.fromEntries(readService(file, 'orders'))).toEqual({
      host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
      port: '5432',
      dbname: 'orders',
      user: 'orders_app',
      sslmode: 'verify-full',
      sslrootcert: '/run/db/orders/ca.pem',
      application_name: 'billing tv:01981f2e-7a4b-7c3d-8e5f-0123456789ab',
      passfile: '/run/db/orders/pgpass',
    });
  });

  it('never holds the token, which does not fit on a line', () => {
    expect(pgService(aTarget())).not.toContain(sampleToken.slice(-64));
    expect(readService(pgService(aTarget()), 'orders').has('password')).toBe(false);
  });

  it('is named as the client calls it', () => {
    expect(readService(pgService(aTarget({ name: 'reports' })), 'reports').get('port')).toBe(
      '5432',
    );
  });

  it('dials the tunnel and verifies the endpoint', () => {
    const settings = readService(pgService(aTarget({ via })), 'orders');

    expect(settings.get('host')).toMatch(/rds\.amazonaws\.com$/);
    expect(settings.get('hostaddr')).toBe('127.0.0.1');
    expect(settings.get('port')).toBe('15432');
  });

  it('names no database where the registry names none', () => {
    expect(readService(pgService(aTargetWithoutDbname()), 'orders').has('dbname')).toBe(false);
  });

  it('refuses to go without a CA', () => {
    const { caFile: _, ...target } = aTarget();

    expect(() => pgService(target)).toThrow(
      expect.objectContaining({ code: 'PATH_MISSING', field: 'caFile' }),
    );
  });

  it('takes the longest line that libpq reads, and none longer', () => {
    const caFile = `/${'é'.repeat(504)}`;

    expect(readService(pgService(aTarget({ caFile })), 'orders').get('sslrootcert')).toBe(caFile);
    expect(() => pgService(aTarget({ caFile: `${caFile}x` }))).toThrow(
      expect.objectContaining({ code: 'LINE_TOO_LONG', field: 'caFile' }),
    );
  });

  it('refuses a name that does not fit on a line', () => {
    expect(() => pgService(aTarget({ name: 'x'.repeat(1_020) }))).toThrow(
      expect.objectContaining({ code: 'LINE_TOO_LONG', field: 'name' }),
    );
  });

  it.each([
    ['user', 'app\nhost=evil.example.com'],
    ['user', 'app\rx'],
    ['dbname', 'orders '],
    ['dbname', 'orders\t'],
    ['dbname', 'orders\v'],
    ['user', 'app\0'],
    ['name', 'orders]\nhost=evil.example.com'],
    ['name', 'orders]'],
  ] as const)('line injection: refuses the %s %j', (field, value) => {
    expect(() => pgService(aTarget({ [field]: value }))).toThrow(
      expect.objectContaining({ code: 'VALUE_NOT_EXPRESSIBLE', field }),
    );
  });

  it('reads back whatever it does not refuse', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (user, dbname) => {
        fc.pre(![user, dbname].some((text) => /[\r\n\0]|[ \t\v\f]$/.test(text)));
        const settings = readService(pgService(aTarget({ user, dbname })), 'orders');

        expect(settings.get('user')).toBe(user);
        expect(settings.get('dbname')).toBe(dbname);
        expect(settings.size).toBe(7);
      }),
    );
  });
});
