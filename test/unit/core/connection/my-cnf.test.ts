import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { myCnf } from '../../../../core/connection/my-cnf.ts';
import type { ConnectionTarget } from '../../../../core/connection/target.ts';
import { aTarget, aTargetWithoutDbname, hostileText, sampleToken, tokens } from './builders.ts';
import { readOptions } from './mysql-option-file.ts';

const mysqlTarget = (change: Partial<ConnectionTarget> = {}): ConnectionTarget =>
  aTarget({ engine: 'mysql', port: 3306, ...change });

describe('myCnf', () => {
  it('says where, as whom and how verified, to either client', () => {
    expect(readOptions(myCnf(mysqlTarget()))).toEqual([
      ['client/host', 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com'],
      ['client/port', '3306'],
      ['client/user', 'orders_app'],
      ['client/password', sampleToken],
      ['client/ssl-ca', '/run/db/orders/ca.pem'],
      ['client/loose-ssl-mode', 'VERIFY_IDENTITY'],
      ['client/loose-ssl-verify-server-cert', undefined],
      ['client/loose-enable-cleartext-plugin', undefined],
      ['mysql/database', 'orders'],
    ]);
  });

  it('gives mysqldump no database, which it would take for --databases', () => {
    const forEveryProgram = readOptions(myCnf(mysqlTarget())).filter(([name]) =>
      name.startsWith('client/'),
    );

    expect(forEveryProgram.map(([name]) => name)).not.toContain('client/database');
  });

  it('names no database where the registry names none', () => {
    const text = myCnf(aTargetWithoutDbname({ engine: 'mysql' }));

    expect(readOptions(text).map(([name]) => name)).not.toContain('mysql/database');
    expect(text.endsWith('\nloose-enable-cleartext-plugin\n')).toBe(true);
  });

  it('A30: gives the clients the token unchanged', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const options = new Map(readOptions(myCnf(mysqlTarget({ token }))));

        expect(options.get('client/password')).toBe(token);
      }),
    );
  });

  it('option injection: a hostile name or path stays one value', () => {
    const hostile = fc.record({
      user: hostileText,
      dbname: hostileText,
      caFile: hostileText.map((text) => `/${text}`),
    });
    fc.assert(
      fc.property(hostile, (change) => {
        fc.pre(!Object.values(change).join('').includes('\0'));
        const options = readOptions(myCnf(mysqlTarget(change)));

        expect(options).toHaveLength(9);
        expect(Object.fromEntries(options)).toMatchObject({
          'client/user': change.user,
          'client/ssl-ca': change.caFile,
          'mysql/database': change.dbname,
        });
      }),
    );
  });

  it('keeps a # and the spaces around a value, which only quotes protect', () => {
    const options = new Map(readOptions(myCnf(mysqlTarget({ dbname: ' a#b ' }))));

    expect(options.get('mysql/database')).toBe(' a#b ');
  });

  it('writes the escapes that the manual lists', () => {
    const text = myCnf(mysqlTarget({ dbname: '\\ " \n \r \t' }));

    expect(text).toContain('database="\\\\ \\" \\n \\r \\t"\n');
  });

  it('takes the longest token that fits the line buffer, and none longer: the rest would be an option', () => {
    const token = 'x'.repeat(4093 - 'password=""'.length);

    const options = new Map(readOptions(myCnf(mysqlTarget({ token }))));

    expect(options.get('client/password')).toBe(token);
    expect(() => myCnf(mysqlTarget({ token: `${token}x` }))).toThrow(
      expect.objectContaining({ code: 'LINE_TOO_LONG', field: 'token' }),
    );
  });

  it('counts bytes, not characters', () => {
    expect(() => myCnf(mysqlTarget({ dbname: 'é'.repeat(2_042) }))).toThrow(
      expect.objectContaining({ code: 'LINE_TOO_LONG', field: 'dbname' }),
    );
  });

  it.each([
    [{ user: 'a\0b' }, 'VALUE_NOT_EXPRESSIBLE'],
    [{ via: { host: '127.0.0.1', port: 13306 } }, 'TUNNEL_UNSUPPORTED'],
  ] as const)('refuses %j', (change, code) => {
    expect(() => myCnf(mysqlTarget(change))).toThrow(expect.objectContaining({ code }));
  });

  it('refuses to go without a CA', () => {
    const { caFile: _, ...target } = mysqlTarget();

    expect(() => myCnf(target)).toThrow(
      expect.objectContaining({ code: 'PATH_MISSING', field: 'caFile' }),
    );
  });
});
