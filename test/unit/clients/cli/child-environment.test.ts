import { describe, expect, it } from 'vitest';
import { connectionOf } from '../../../../clients/agent/target-files.ts';
import { childEnvironment } from '../../../../clients/cli/child-environment.ts';
import { parseTemplate } from '../../../../clients/cli/template.ts';
import { aVendAnswer } from '../../core/connection/builders.ts';

const folder = '/run/x/orders';

function aChildTarget(alias = 'orders', database = {}, via?: { host: string; port: number }) {
  const answer = aVendAnswer({ database });
  const at = `/run/x/${alias}`;
  return { alias, folder: at, connection: connectionOf(alias, answer, { seenAs: at, via }) };
}
const mysql = { engine: 'mysql', port: 3306, dbname: undefined } as const;

function childOf(
  parent: Readonly<Record<string, string>>,
  targets = [aChildTarget()],
  set: readonly string[] = [],
  keepAws = true,
) {
  return childEnvironment(parent, targets, { templates: set.map(parseTemplate), keepAws });
}

describe('the environment of a child', () => {
  it('leads libpq to the target, with the token in a file', () => {
    const { token } = aVendAnswer();
    const child = childOf({ PATH: '/bin' });

    expect(child).toMatchObject({
      PATH: '/bin',
      PGHOST: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
      PGPORT: '5432',
      PGUSER: 'orders_app',
      PGDATABASE: 'orders',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: `${folder}/ca.pem`,
      PGPASSFILE: `${folder}/pgpass`,
    });
    expect(child.PGAPPNAME).toContain('tv:');
    expect(JSON.stringify(child)).not.toContain(token);
  });

  it('has PGHOSTADDR through a tunnel, and the real host beside it', () => {
    const tunnelled = aChildTarget('orders', {}, { host: '127.0.0.1', port: 15432 });

    expect(childOf({}, [tunnelled])).toMatchObject({
      PGHOST: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
      PGHOSTADDR: '127.0.0.1',
      PGPORT: '15432',
    });
  });

  it('leads MySQL clients to their option file, without MYSQL_PWD', () => {
    const child = childOf({ MYSQL_PWD: 'old', DB_NAME: 'old' }, [aChildTarget('orders', mysql)]);

    expect(child).toMatchObject({ MYSQL_HOME: folder, MYSQL_TCP_PORT: '3306' });
    expect([child.MYSQL_PWD, child.DB_NAME, child.PGHOST]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    'PGHOSTADDR',
    'PGPASSWORD',
    'PGSERVICE',
    'PGSERVICEFILE',
    'PGSSLNEGOTIATION',
    'PGSSLCERT',
    'PGCHANNELBINDING',
    'PGREQUIREAUTH',
    'PGGSSENCMODE',
    'PGTARGETSESSIONATTRS',
    'MYSQL_UNIX_PORT',
    'MARIADB_HOME',
    'TOKENVEND_IDENTITY_TOKEN',
    'TOKENVEND_IDENTITY_TOKEN_FILE',
    'TOKENVEND_API_URL',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  ])('has no %s of the parent’s', (name) => {
    expect(Object.keys(childOf({ [name]: 'planted' }))).not.toContain(name);
  });

  it.each(['PGOPTIONS', 'PGTZ', 'PATH', 'DATABASE_URL', 'AWS_REGION', 'AWS_SESSION_TOKEN'])(
    'keeps %s',
    (name) => {
      expect(childOf({ [name]: 'kept' })[name]).toBe('kept');
    },
  );

  it('has no AWS credentials where those are the identity', () => {
    const child = childOf(
      { AWS_SESSION_TOKEN: 'planted', AWS_REGION: 'kept' },
      undefined,
      [],
      false,
    );

    expect([child.AWS_SESSION_TOKEN, child.AWS_REGION]).toEqual([undefined, 'kept']);
  });

  it('belongs to the first target of each kind, and to the others by template', () => {
    const targets = [
      aChildTarget('a', { host: 'a.example.com' }),
      aChildTarget('b', { host: 'b.example.com' }),
      aChildTarget('c', mysql),
    ];

    const child = childOf({}, targets, ['B={b.host}', 'C={c.my_cnf}']);

    expect(child).toMatchObject({
      PGHOST: 'a.example.com',
      MYSQL_HOME: '/run/x/c',
      B: 'b.example.com',
      C: '/run/x/c/my.cnf',
    });
  });

  it('A30: has a URL from which a parser reads the token as it was vended', () => {
    const { DATABASE_URL = '' } = childOf({}, undefined, ['DATABASE_URL={url}']);

    expect(decodeURIComponent(new URL(DATABASE_URL).password)).toBe(aVendAnswer().token);
  });

  it('is what a template says, also of a variable that we set', () => {
    expect(childOf({}, undefined, ['PGAPPNAME=mine']).PGAPPNAME).toBe('mine');
  });

  it.each([
    ['an alias that there is not', 'X={nobody.url}'],
    ['a field that there is not', 'X={secret}'],
    ['a field of no target in particular', 'X={url}'],
  ])('cannot be made of %s', (_, template) => {
    const targets = [aChildTarget('a'), aChildTarget('b')];

    expect(() => childOf({}, targets, [template])).toThrow(
      expect.objectContaining({ exitCode: 2 }),
    );
  });

  it('cannot be made of a file that the engine has not', () => {
    expect(() => childOf({}, undefined, ['X={my_cnf}'])).toThrow(
      expect.objectContaining({ code: 'ENGINE_UNSUPPORTED' }),
    );
  });
});
