import { join } from 'node:path';
import { type FormatName, render } from '../../core/connection/formats.ts';
import type { ConnectionTarget } from '../../core/connection/target.ts';
import { usageError } from './cli-error.ts';

/** A target whose files are in place for the child. */
export interface ChildTarget {
  readonly alias: string;
  readonly folder: string;
  readonly connection: ConnectionTarget;
}

/**
 * What a field of a template stands for.
 *
 * @param alias May be left out where there is one target.
 * @throws CliError for an alias or a field that there is not; FormatError where the engine has none.
 */
export function templateField(
  targets: readonly ChildTarget[],
  alias: string | undefined,
  field: string,
): string {
  const [only, ...others] = targets;
  const target = alias === undefined ? only : targets.find((one) => one.alias === alias);
  if (target === undefined) throw usageError(`--set: there is no target called ${alias}.`);
  if (alias === undefined && others.length > 0) {
    throw usageError(`--set: say of which target, as in {${target.alias}.${field}}.`);
  }
  const read = fields.get(field);
  if (read === undefined) {
    throw usageError(`--set: {${field}} is none of ${[...fields.keys()].join(', ')}.`);
  }
  return read(target);
}

const rendered =
  (format: FormatName) =>
  ({ connection }: ChildTarget): string =>
    render(format, connection);

/** A file of one engine: asking for it with another is refused as its format is. */
const file =
  (name: string, format: FormatName) =>
  (target: ChildTarget): string => {
    render(format, target.connection);
    return join(target.folder, name);
  };

/** Every field, in the order of docs/cli.md. `url` and `password` hold the token as it is at the start. */
const fields: ReadonlyMap<string, (target: ChildTarget) => string> = new Map([
  ['url', rendered('url')],
  ['jdbc', rendered('jdbc')],
  ['host', ({ connection }) => connection.host],
  ['port', ({ connection }) => String(connection.via?.port ?? connection.port)],
  ['user', ({ connection }) => connection.user],
  ['dbname', ({ connection }) => connection.dbname ?? ''],
  ['password', ({ connection }) => connection.token],
  ['folder', ({ folder }) => folder],
  ['ca_file', file('ca.pem', 'token')],
  ['password_file', file('password', 'token')],
  ['json_file', file('connection.json', 'json')],
  ['pgpass_file', file('pgpass', 'pgpass')],
  ['service_file', file('pg_service.conf', 'pg-service')],
  ['my_cnf', file('my.cnf', 'my-cnf')],
]);

/** The names of all fields. */
export const templateFieldNames: readonly string[] = [...fields.keys()];
