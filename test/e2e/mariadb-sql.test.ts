import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlScript } from '../../operator/sql/script.ts';
import { userSql } from '../../operator/sql/user-sql.ts';
import { type BareMariadb, startBareMariadb } from './real-servers/bare-mariadb.ts';

const host = 'ledger.c9akciq32abc.eu-west-1.rds.amazonaws.com';
const database = { engine: 'mariadb', dbname: 'ledger' } as const;

let server: BareMariadb;
beforeAll(async () => {
  server = await startBareMariadb(host);
});
afterAll(() => server.close());

const asRoot = (sql: string): Promise<string> => server.asRoot(sql);

/** RDS's plugin is on RDS alone: here stands the one that this server has in its place. */
const withPlugin = (script: string): string =>
  script.replaceAll("AWSAuthenticationPlugin USING 'RDS'", "pam USING 'tokenvend'");

const statementsFor = (user: string): string => sqlScript('users', [userSql(database, user, {})]);

/** Plugin and what is required of TLS, of the users with this name. */
const accountOf = (user: string): Promise<string> =>
  asRoot(
    `SELECT plugin, ssl_type, host FROM mysql.user WHERE user = 0x${Buffer.from(user).toString('hex')}`,
  );

const users = [
  'ledger_app',
  'Ledger.App',
  'l`edger',
  "l'edger",
  'back\\slash',
  "back\\'slash",
  'jürgen',
];
const modes = ['', 'ANSI_QUOTES', 'NO_BACKSLASH_ESCAPES'];

describe('the statements of `registry sql`, in MariaDB', () => {
  it.each(users.flatMap((user) => modes.map((mode) => [user, mode])))(
    'create %s, and change nothing the second time (sql_mode=%s)',
    async (user, mode) => {
      const script = `SET SESSION sql_mode = '${mode}';\n${withPlugin(statementsFor(user))}`;

      await asRoot(script);
      await asRoot(script);

      expect(await accountOf(user)).toBe('pam\tANY\t%');
      await asRoot(`DROP USER \`${user.replaceAll('`', '``')}\`@'%'`);
    },
  );

  it('turn a user with a password into one that needs TLS and the plugin', async () => {
    await asRoot("CREATE USER old@'%' IDENTIFIED BY 'x'");

    await asRoot(withPlugin(statementsFor('old')));

    expect(await accountOf('old')).toBe('pam\tANY\t%');
  });

  it('are understood as they are, up to the plugin that only RDS has', async () => {
    await expect(asRoot(statementsFor('ledger_app'))).rejects.toMatchObject({
      stderr: expect.stringMatching(/^ERROR 1524 .*'AWSAuthenticationPlugin' is not loaded$/m),
    });
  });
});
