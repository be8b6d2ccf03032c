import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { env } from '../../../../core/connection/env.ts';
import { environmentOf } from '../../../../core/connection/environment.ts';
import type { ConnectionTarget } from '../../../../core/connection/target.ts';
import { aTarget, aTargetWithoutDbname, hostileText, sampleToken, tokens } from './builders.ts';

const via = { host: '127.0.0.1', port: 15432 };

describe('environmentOf, for PostgreSQL', () => {
  it('names what libpq reads', () => {
    const target = aTarget({ applicationName: 'billing' });

    expect(Object.fromEntries(environmentOf(target))).toEqual({
      PGHOST: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
      PGPORT: '5432',
      PGUSER: 'orders_app',
      PGDATABASE: 'orders',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/run/db/orders/ca.pem',
      PGAPPNAME: 'billing tv:01981f2e-7a4b-7c3d-8e5f-0123456789ab',
      PGPASSWORD: sampleToken,
    });
  });

  it('dials the tunnel and verifies the endpoint', () => {
    const environment = environmentOf(aTarget({ via }));

    expect(environment.get('PGHOST')).toMatch(/rds\.amazonaws\.com$/);
    expect(environment.get('PGHOSTADDR')).toBe('127.0.0.1');
    expect(environment.get('PGPORT')).toBe('15432');
  });

  it('demands verification although the caller named no CA', () => {
    const { caFile: _, ...target } = aTarget();

    const environment = environmentOf(target);

    expect(environment.get('PGSSLMODE')).toBe('verify-full');
    expect(environment.has('PGSSLROOTCERT')).toBe(false);
  });

  it('names no database where the registry names none', () => {
    expect(environmentOf(aTargetWithoutDbname()).has('PGDATABASE')).toBe(false);
  });
});

describe.each(['mysql', 'mariadb'] as const)('environmentOf, for %s', (engine) => {
  it('names what the clients read, and the rest neutrally', () => {
    const target = aTarget({ engine, port: 3306 });

    expect(Object.fromEntries(environmentOf(target))).toEqual({
      MYSQL_HOST: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
      MYSQL_TCP_PORT: '3306',
      MYSQL_PWD: sampleToken,
      LIBMYSQL_ENABLE_CLEARTEXT_PLUGIN: '1',
      DB_USER: 'orders_app',
      DB_NAME: 'orders',
      DB_SSL_CA: '/run/db/orders/ca.pem',
    });
  });

  it('refuses a tunnel: its readers would dial past it', () => {
    expect(() => environmentOf(aTarget({ engine, via }))).toThrow(
      expect.objectContaining({ code: 'TUNNEL_UNSUPPORTED' }),
    );
  });
});

describe('env', () => {
  it('is one export line for each variable', () => {
    const lines = env(aTarget()).split('\n');

    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(8);
    expect(lines).toContain("export PGUSER='orders_app'");
  });

  it('refuses NUL, at which the variable would end', () => {
    expect(() => env(aTarget({ user: 'app\0admin' }))).toThrow(
      expect.objectContaining({ code: 'VALUE_NOT_EXPRESSIBLE', field: 'user' }),
    );
  });

  it('shell injection: a hostile name or path runs nothing, and reaches a child as it was', () => {
    const targets = fc.sample(hostileTargets, 100);

    const values = readByShell(targets);

    expect(values).toEqual(targets.flatMap((target) => [...environmentOf(target).values()]));
  });

  it('A30: a token reaches a child unchanged', () => {
    const targets = fc.sample(tokens, 100).map((token) => aTarget({ token }));

    const values = readByShell(targets);

    for (const { token } of targets) expect(values).toContain(token);
  });
});

const withoutNul = hostileText.filter((text) => !text.includes('\0'));

const hostileTargets = fc
  .record({
    engine: fc.constantFrom<ConnectionTarget['engine']>('postgres', 'mysql', 'mariadb'),
    user: withoutNul,
    dbname: withoutNul,
    caFile: withoutNul.map((text) => `/${text}`),
  })
  .map((change) => aTarget(change));

/** The values that a child finds, of a shell which ran the lines of each target in turn. */
function readByShell(targets: readonly ConnectionTarget[]): string[] {
  const script = targets.map((target) => {
    const names = [...environmentOf(target).keys()];
    const print = names.map((name) => `printf "%s\\0" "$${name}"`).join('; ');
    return `${env(target)}/bin/sh -c '${print}'\n`;
  });
  const input = script.join('');
  const output = execFileSync('/bin/sh', { input, encoding: 'utf8', env: {} });
  return output.split('\0').slice(0, -1);
}
