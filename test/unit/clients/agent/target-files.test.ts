import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FileSettings,
  type TargetFile,
  targetFiles,
} from '../../../../clients/agent/target-files.ts';
import { aVendAnswer, tokens } from '../../core/connection/builders.ts';
import { passwordFrom } from '../../core/connection/libpq-passfile.ts';
import { readOptions } from '../../core/connection/mysql-option-file.ts';

const settings: FileSettings = { seenAs: '/run/db/orders', fileMode: 0o640 };
const caPem = 'the roots\n';

function filesOf(
  answer = aVendAnswer(),
  changes: Partial<FileSettings> = {},
): ReadonlyMap<string, TargetFile> {
  const files = targetFiles({ alias: 'orders', answer, caPem }, { ...settings, ...changes });
  return new Map(files.map((file) => [file.name, file]));
}

const text = (files: ReadonlyMap<string, TargetFile>, name: string): string =>
  files.get(name)?.content ?? '';

const mysqlAnswer = (changes = {}) =>
  aVendAnswer({ database: { engine: 'mysql', port: 3306 }, ...changes });

describe('the files of a target', () => {
  it.each([
    [
      'postgres',
      aVendAnswer(),
      ['ca.pem', 'pgpass', 'pg_service.conf', 'password', 'env', 'connection.json'],
    ],
    ['mysql', mysqlAnswer(), ['ca.pem', 'my.cnf', 'password', 'env', 'connection.json']],
  ])('for %s are written with the CA first and connection.json last', (_, answer, names) => {
    expect([...filesOf(answer).keys()]).toEqual(names);
  });

  it('have the mode that was asked for, but pgpass its own: libpq ignores any other', () => {
    const modes = [...filesOf().values()].map(({ name, mode }) => [name, mode]);

    expect(Object.fromEntries(modes)).toEqual({
      'ca.pem': 0o640,
      pgpass: 0o600,
      'pg_service.conf': 0o640,
      password: 0o640,
      env: 0o640,
      'connection.json': 0o640,
    });
  });

  it('name each other as the application sees them', () => {
    const files = filesOf(aVendAnswer(), { seenAs: '/app/db/orders' });

    expect(text(files, 'pg_service.conf')).toContain('passfile=/app/db/orders/pgpass\n');
    expect(text(files, 'pg_service.conf')).toContain('sslrootcert=/app/db/orders/ca.pem\n');
    expect(text(files, 'env')).toContain("PGSSLROOTCERT='/app/db/orders/ca.pem'");
    expect(text(filesOf(mysqlAnswer()), 'my.cnf')).toContain('ssl-ca="/run/db/orders/ca.pem"');
  });

  it('refuse a tunnel where the readers verify the name they dial', () => {
    expect(() => filesOf(mysqlAnswer(), { via: { host: '127.0.0.1', port: 13306 } })).toThrow(
      expect.objectContaining({ code: 'TUNNEL_UNSUPPORTED' }),
    );
  });

  it('A30: give every reader the token as it was vended', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const answer = aVendAnswer({ token });
        const { host, port, dbname = '' } = answer.database;
        const login = { host, port: String(port), dbname, user: answer.user };
        const files = filesOf(answer);
        const options = readOptions(text(filesOf(mysqlAnswer({ token })), 'my.cnf'));

        expect(passwordFrom(text(files, 'pgpass'), login)).toBe(token);
        expect(text(files, 'password')).toBe(token);
        expect(JSON.parse(text(files, 'connection.json')).token).toBe(token);
        expect(new Map(options).get('client/password')).toBe(token);
      }),
    );
  });
});
