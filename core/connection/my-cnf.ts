import { boundedLine } from './bounded-line.ts';
import { expressible } from './expressible.ts';
import { type ConnectionTarget, caFileOf, refuseTunnel } from './target.ts';

/**
 * What fits on a line: the clients' option reader takes 4,095 bytes at a time with line feed and NUL
 * (`mysys/my_default.c`), and reads what is left over as another option.
 */
const maxLineBytes = 4093;

/**
 * An option file for the programs of MySQL and of MariaDB alike. Holds the token.
 *
 * `loose-` makes either client skip the options that only the other one knows; without it that is a
 * fatal error. The database stands under `[mysql]` alone: mysqldump takes `database` under `[client]`
 * for its `--databases`.
 *
 * @throws FormatError `PATH_MISSING` without a CA, `TUNNEL_UNSUPPORTED`, `VALUE_NOT_EXPRESSIBLE`,
 *   `LINE_TOO_LONG`.
 */
export function myCnf(target: ConnectionTarget): string {
  refuseTunnel(target);
  return [
    '[client]\n',
    option('host', 'host', target.host),
    `port=${target.port}\n`,
    option('user', 'user', target.user),
    option('password', 'token', target.token),
    option('ssl-ca', 'caFile', caFileOf(target)),
    'loose-ssl-mode=VERIFY_IDENTITY\n',
    'loose-ssl-verify-server-cert\n',
    'loose-enable-cleartext-plugin\n',
    ...(target.dbname === undefined
      ? []
      : ['\n[mysql]\n', option('database', 'dbname', target.dbname)]),
  ].join('');
}

function option(name: string, field: keyof ConnectionTarget, value: string): string {
  return boundedLine(`${name}=${quoted(expressible(value, field))}`, maxLineBytes, field);
}

/** MySQL Reference Manual, "Using Option Files": the escapes that option values know. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** In quotes, `#` starts no comment and white space at the ends stays. */
function quoted(value: string): string {
  return `"${value.replace(/[\\"\n\r\t]/g, (character) => escapes.get(character) ?? character)}"`;
}
