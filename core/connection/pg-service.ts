import { applicationNameOf } from './application-name.ts';
import { boundedLine } from './bounded-line.ts';
import { expressible } from './expressible.ts';
import { type ConnectionTarget, caFileOf } from './target.ts';

/**
 * What fits on a line: libpq reads 1,024 bytes at a time and refuses a line that fills 1,023 of them
 * with its line feed (measured with libpq 15). No token is sure to fit, so none is written.
 */
const maxLineBytes = 1021;

/**
 * A connection service file with one section, named after the target (PostgreSQL manual, "The Connection
 * Service File"). Without the token: `passfile` names the file that has it, by default `~/.pgpass`.
 *
 * @throws FormatError `PATH_MISSING` without a CA, `VALUE_NOT_EXPRESSIBLE`, `LINE_TOO_LONG`.
 */
export function pgService(target: ConnectionTarget): string {
  return `${section(target)}${settings(target)
    .flatMap(([key, field, value]) => (value === undefined ? [] : [line(key, field, value)]))
    .join('')}`;
}

function settings(
  target: ConnectionTarget,
): readonly (readonly [string, keyof ConnectionTarget, string | undefined])[] {
  const { via } = target;
  return [
    ['host', 'host', target.host],
    ['hostaddr', 'via', via?.host],
    ['port', 'port', String(via?.port ?? target.port)],
    ['dbname', 'dbname', target.dbname],
    ['user', 'user', target.user],
    ['sslmode', 'engine', 'verify-full'],
    ['sslrootcert', 'caFile', caFileOf(target)],
    ['application_name', 'applicationName', applicationNameOf(target)],
    ['passfile', 'passFile', target.passFile],
  ];
}

/** There are no quotes and no escapes, and white space at the end of a line is dropped. */
const notOnOneLine = /[\r\n]|[ \t\v\f]$/;

function section({ name }: ConnectionTarget): string {
  expressible(name, 'name', /[\r\n\]]/);
  return boundedLine(`[${name}]`, maxLineBytes, 'name');
}

function line(key: string, field: keyof ConnectionTarget, value: string): string {
  return boundedLine(`${key}=${expressible(value, field, notOnOneLine)}`, maxLineBytes, field);
}
