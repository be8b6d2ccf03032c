import { expect } from 'vitest';
import type { FormatName } from '../../core/connection/formats.ts';
import type { ConnectionTarget } from '../../core/connection/target.ts';
import { passwordFrom } from '../unit/core/connection/libpq-passfile.ts';
import { readService } from '../unit/core/connection/libpq-service-file.ts';
import { readOptions } from '../unit/core/connection/mysql-option-file.ts';

type Reader = (text: string, target: ConnectionTarget) => void;

/**
 * Expects of a format's text that a reader of that format is told what the target says. Of `env` the
 * reader is a shell, which is no function.
 */
export const expectToSay: Readonly<Record<Exclude<FormatName, 'env'>, Reader>> = {
  json: (text, { token, caFile }) => {
    expect(JSON.parse(text).tls.ca.file).toBe(caFile);
    expect(JSON.parse(text).token).toBeTypeOf('string');
    expect(token).not.toBe('');
  },
  token: (text, { token }) => expect(text).toBe(token),
  url: (text, { user, token, host, dbname = '', caFile = '' }) => {
    const { username, password, hostname, pathname, searchParams } = new URL(text);
    expect([username, password, pathname.slice(1)].map(decodeURIComponent)).toEqual([
      user,
      token,
      dbname,
    ]);
    expect(hostname).toBe(host);
    expect([searchParams.get('sslrootcert') ?? searchParams.get('ssl-ca')]).toEqual([caFile]);
  },
  pgpass: (text, { host, port, dbname = '', user, token }) => {
    const login = { host, port: String(port), dbname, user };
    expect(passwordFrom(text, login)).toBe(token);
    expect(passwordFrom(text, { ...login, host: 'evil.example.com' })).toBeUndefined();
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  },
  'pg-service': (text, { name, host, dbname, user, caFile, passFile }) => {
    expect(Object.fromEntries(readService(text, name))).toMatchObject({
      host,
      dbname,
      user,
      sslmode: 'verify-full',
      sslrootcert: caFile,
      passfile: passFile,
    });
  },
  'my-cnf': (text, { host, user, token, caFile, dbname }) => {
    expect(Object.fromEntries(readOptions(text))).toMatchObject({
      'client/host': host,
      'client/user': user,
      'client/password': token,
      'client/ssl-ca': caFile,
      'client/loose-ssl-mode': 'VERIFY_IDENTITY',
      'mysql/database': dbname,
    });
  },
  jdbc: (text, { engine, host, port, user, dbname }) => {
    const decode = engine === 'mariadb' ? (part: string) => part : decodeURIComponent;
    const [front = '', query = ''] = text.split('?');
    const parameters = new Map(query.split('&').map(pairOf));
    expect(decode(front)).toBe(`jdbc:${schemes[engine]}://${host}:${port}/${dbname}`);
    expect(decode(parameters.get('user') ?? '')).toBe(user);
    expect(parameters.get('sslmode') ?? parameters.get('sslMode')).toMatch(
      /^verify-full$|^VERIFY_IDENTITY$/,
    );
  },
};

const schemes = { postgres: 'postgresql', mysql: 'mysql', mariadb: 'mariadb' } as const;

function pairOf(pair: string): readonly [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** The formats that have a reader here. */
export const readableFormats = Object.keys(expectToSay).filter(
  (name): name is keyof typeof expectToSay => name in expectToSay,
);
