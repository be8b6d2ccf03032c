import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jdbc } from '../../../../core/connection/jdbc.ts';
import { aTarget, aTargetWithoutDbname, hostileText } from './builders.ts';

const endpoint = 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com:5432';
const vend = 'tv:01981f2e-7a4b-7c3d-8e5f-0123456789ab';
const target = aTarget({ applicationName: 'billing' });

describe('jdbc', () => {
  it('speaks to pgjdbc', () => {
    expect(read(jdbc({ ...target, engine: 'postgres' }))).toEqual({
      front: `jdbc:postgresql://${endpoint}/orders`,
      parameters: {
        user: 'orders_app',
        sslmode: 'verify-full',
        sslrootcert: '/run/db/orders/ca.pem',
        ApplicationName: `billing ${vend}`,
      },
    });
  });

  it('speaks to MySQL Connector/J', () => {
    expect(read(jdbc({ ...target, engine: 'mysql' }))).toEqual({
      front: `jdbc:mysql://${endpoint}/orders`,
      parameters: {
        user: 'orders_app',
        sslMode: 'VERIFY_IDENTITY',
        connectionAttributes: `program_name:billing ${vend}`,
      },
    });
  });

  it('speaks to MariaDB Connector/J, which decodes nothing', () => {
    expect(read(jdbc({ ...target, engine: 'mariadb' }), verbatim)).toEqual({
      front: `jdbc:mariadb://${endpoint}/orders`,
      parameters: {
        user: 'orders_app',
        sslMode: 'verify-full',
        serverSslCert: '/run/db/orders/ca.pem',
        restrictedAuth: 'mysql_clear_password',
        connectionAttributes: `program_name:billing ${vend}`,
      },
    });
  });

  it.each(['mysql', 'mariadb'] as const)('keeps %s from splitting the attribute', (engine) => {
    const { parameters } = read(jdbc(aTarget({ engine, applicationName: 'a,b&c=d%+?#' })));

    expect(parameters.connectionAttributes).toBe(`program_name:a_b_c=d____ ${vend}`);
  });

  it('tells MariaDB Connector/J the same whether it decodes or not', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (user, dbname) => {
        fc.pre(!/[%+&?#\p{Cc}]/u.test(`${user}${dbname}`));
        const url = jdbc(aTarget({ engine: 'mariadb', user, dbname }));

        expect(read(url, verbatim)).toEqual(read(url));
        expect(read(url, verbatim).parameters.user).toBe(user);
        expect(read(url).front.endsWith(`/${dbname}`)).toBe(true);
      }),
    );
  });

  it.each([...'%+&?#\n\0'])('refuses %j in a MariaDB URL', (character) => {
    for (const field of ['user', 'dbname', 'caFile'] as const) {
      const change = { engine: 'mariadb', [field]: `/a${character}b` } as const;

      expect(() => jdbc(aTarget(change))).toThrow(
        expect.objectContaining({ code: 'VALUE_NOT_EXPRESSIBLE', field }),
      );
    }
  });

  it.each(['postgres', 'mysql'] as const)(
    'parameter injection: a hostile name stays one value for %s',
    (engine) => {
      fc.assert(
        fc.property(hostileText, hostileText, (user, dbname) => {
          fc.pre(!`${user}${dbname}`.includes('\0'));
          const { front, parameters } = read(jdbc(aTarget({ engine, user, dbname })));

          expect(parameters.user).toBe(user);
          expect(front.endsWith(`:5432/${dbname}`)).toBe(true);
          expect(Object.keys(parameters)).toHaveLength(engine === 'postgres' ? 4 : 3);
        }),
      );
    },
  );
});

describe.each(['postgres', 'mysql', 'mariadb'] as const)('jdbc, for %s', (engine) => {
  it('names no database where the registry names none', () => {
    expect(read(jdbc(aTargetWithoutDbname({ engine }))).front).toMatch(/:5432\/$/);
  });

  it.each(['a,evil.example.com', 'a/b', 'a@b', 'a b', 'a%2eb'])(
    'a second host: refuses the host %j, which drivers read as it stands',
    (host) => {
      expect(() => jdbc(aTarget({ engine, host }))).toThrow(
        expect.objectContaining({ code: 'VALUE_NOT_EXPRESSIBLE', field: 'host' }),
      );
    },
  );

  it('refuses a tunnel: drivers verify the name they dial', () => {
    expect(() => jdbc(aTarget({ engine, via: { host: '127.0.0.1', port: 15432 } }))).toThrow(
      expect.objectContaining({ code: 'TUNNEL_UNSUPPORTED' }),
    );
  });
});

const verbatim = (text: string): string => text;

/** A URL taken apart by hand: `new URL` knows no scheme with two colons. */
function read(
  url: string,
  decode = decodeURIComponent,
): { front: string; parameters: Record<string, string> } {
  const [front = '', query = ''] = url.split('?');
  const pairs = query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), decode(pair.slice(at + 1))];
  });
  return { front: decode(front), parameters: Object.fromEntries(pairs) };
}
