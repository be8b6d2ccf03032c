import { describe, expect, it } from 'vitest';
import { versionProblem } from '../../../../operator/sql/engine-version.ts';
import { sqlScript } from '../../../../operator/sql/script.ts';
import { userSql } from '../../../../operator/sql/user-sql.ts';

const of = (engine: 'postgres' | 'mysql' | 'mariadb') => ({ engine, dbname: 'orders' });

describe('userSql', () => {
  it.each([
    ['postgres', ['ALTER ROLE "app" LOGIN;', 'GRANT rds_iam TO "app";']],
    [
      'mysql',
      ["ALTER USER `app`@`%` IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;"],
    ],
    [
      'mariadb',
      ["ALTER USER `app`@`%` IDENTIFIED VIA AWSAuthenticationPlugin USING 'RDS' REQUIRE SSL;"],
    ],
  ] as const)('writes %s in its own words', (engine, last) => {
    const { statements } = userSql(of(engine), 'app');

    expect(statements.slice(1)).toEqual(last);
    expect(statements[0]).toMatch(/IF NOT EXISTS/);
  });

  it.each(['postgres', 'mysql', 'mariadb'] as const)(
    'warns that %s ends password logins, unless the user is a second one',
    (engine) => {
      const warnings = userSql(of(engine), 'app').warnings.join();
      const beside = userSql(of(engine), 'app_iam', { beside: 'app' }).warnings.join();

      expect(warnings).toContain('password');
      expect(beside).not.toContain('that ends here');
    },
  );

  it.each([
    ['postgres', 'GRANT "app" TO "app_iam";'],
    ['mysql', 'GRANT `app`@`%` TO `app_iam`@`%`;'],
  ] as const)('gives a second user the rights of the first in %s', (engine, grant) => {
    const { statements } = userSql(of(engine), 'app_iam', { beside: 'app' });

    expect(statements).toContain(grant);
    // The other way round, the first user would get rds_iam and lose its password.
    expect(statements.join()).not.toContain('TO "app";');
  });

  it.each(['postgres', 'mysql', 'mariadb'] as const)(
    'grants nothing on data by itself in %s',
    (engine) => {
      const script = sqlScript('users', [userSql(of(engine), 'app')]);

      const run = script.split('\n').filter((line) => !line.startsWith('--'));
      expect(run.join('\n')).not.toMatch(/\bON\b|\bALL\b/);
      expect(script).toContain('--   GRANT SELECT');
    },
  );
});

describe('versionProblem', () => {
  it.each([
    ['postgres', '16.4'],
    ['mysql', '5.7.44'],
    ['mysql', '8.0.mysql_aurora.3.05.2'],
    ['mariadb', '10.11.8'],
    ['mariadb', '11.8'],
  ] as const)('accepts %s %s', (engine, version) => {
    expect(versionProblem(engine, version)).toBeUndefined();
  });

  it.each([
    ['postgres', '9.6.24'],
    ['mysql', '5.6.51'],
    ['mariadb', '10.6.18'],
    ['mariadb', '11.1'],
    ['mysql', 'latest'],
  ] as const)('refuses %s %s', (engine, version) => {
    expect(versionProblem(engine, version)).toBeDefined();
  });
});
