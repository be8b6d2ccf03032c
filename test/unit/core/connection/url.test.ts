import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { url } from '../../../../core/connection/url.ts';
import { aTarget, aTargetWithoutDbname, hostileText, tokens } from './builders.ts';

const via = { host: '127.0.0.1', port: 15432 };

describe('url, for PostgreSQL', () => {
  it('says where, as whom and how verified', () => {
    const parsed = new URL(url(aTarget({ applicationName: 'billing' })));

    expect(parsed.protocol).toBe('postgresql:');
    expect(parsed.host).toBe('orders.c9akciq32abc.eu-west-1.rds.amazonaws.com:5432');
    expect(parsed.pathname).toBe('/orders');
    expect(parametersOf(parsed)).toEqual({
      sslmode: 'verify-full',
      sslrootcert: '/run/db/orders/ca.pem',
      application_name: 'billing tv:01981f2e-7a4b-7c3d-8e5f-0123456789ab',
    });
  });

  it('dials the tunnel and verifies the endpoint', () => {
    const parsed = new URL(url(aTarget({ via })));

    expect(parsed.host).toBe('orders.c9akciq32abc.eu-west-1.rds.amazonaws.com:15432');
    expect(parametersOf(parsed)).toMatchObject({ hostaddr: '127.0.0.1', sslmode: 'verify-full' });
  });
});

describe.each(['mysql', 'mariadb'] as const)('url, for %s', (engine) => {
  it('says where, as whom and how verified, as MySQL Shell reads it', () => {
    const parsed = new URL(url(aTarget({ engine, port: 3306 })));

    expect(parsed.protocol).toBe('mysql:');
    expect(parsed.host).toBe('orders.c9akciq32abc.eu-west-1.rds.amazonaws.com:3306');
    expect(parametersOf(parsed)).toEqual({
      'ssl-mode': 'VERIFY_IDENTITY',
      'ssl-ca': '/run/db/orders/ca.pem',
      'auth-method': 'mysql_clear_password',
    });
  });

  it('refuses a tunnel: its readers verify the name they dial', () => {
    expect(() => url(aTarget({ engine, via }))).toThrow(
      expect.objectContaining({ code: 'TUNNEL_UNSUPPORTED' }),
    );
  });
});

describe.each(['postgres', 'mysql', 'mariadb'] as const)('url, for %s', (engine) => {
  it('A30: a raw token would be read as parameters, so it is encoded', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const parsed = new URL(url(aTarget({ engine, token })));

        expect(decodeURIComponent(parsed.password)).toBe(token);
        expect(parsed.username).toBe('orders_app');
      }),
    );
  });

  it('parameter injection: a hostile name or path stays one value', () => {
    const hostile = fc.record({
      user: hostileText,
      dbname: hostileText,
      caFile: hostileText.map((text) => `/${text}`),
    });
    fc.assert(
      fc.property(hostile, (change) => {
        fc.pre(!Object.values(change).join('').includes('\0') && !/^\.{1,2}$/.test(change.dbname));
        const text = url(aTarget({ engine, ...change }));
        const parsed = new URL(text);
        const parameters = parametersOf(parsed);

        expect(text).toMatch(/^[A-Za-z0-9\-._~%:/@?&=]+$/);
        expect(decodeURIComponent(parsed.username)).toBe(change.user);
        expect(decodeURIComponent(parsed.pathname.slice(1))).toBe(change.dbname);
        expect(parameters.sslrootcert ?? parameters['ssl-ca']).toBe(change.caFile);
        expect(Object.keys(parameters)).toHaveLength(3);
      }),
    );
  });

  it('names a database that ends in dots', () => {
    expect(url(aTarget({ dbname: 'orders..' }))).toContain('/orders..?');
  });

  it('names no database where the registry names none', () => {
    expect(new URL(url(aTargetWithoutDbname({ engine }))).pathname).toBe('/');
  });

  it('refuses to go without a CA', () => {
    const { caFile: _, ...target } = aTarget({ engine });

    expect(() => url(target)).toThrow(
      expect.objectContaining({ code: 'PATH_MISSING', field: 'caFile' }),
    );
  });

  it.each(['.', '..'])(
    'another database: refuses %j, which URL parsers take for a folder',
    (dbname) => {
      expect(() => url(aTarget({ engine, dbname }))).toThrow(
        expect.objectContaining({ code: 'VALUE_NOT_EXPRESSIBLE', field: 'dbname' }),
      );
    },
  );

  it.each(['a\0b', 'a\ud800b'])('refuses %j, which has no UTF-8 for a C string', (user) => {
    expect(() => url(aTarget({ engine, user }))).toThrow(
      expect.objectContaining({ code: 'VALUE_NOT_EXPRESSIBLE', field: 'user' }),
    );
  });
});

/** Decoded as libpq does: `%` sequences only, so that a `+` stays a `+`. */
function parametersOf(parsed: URL): Record<string, string> {
  const pairs = parsed.search.slice(1).split('&');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return [decodeURIComponent(name), decodeURIComponent(value)];
    }),
  );
}
