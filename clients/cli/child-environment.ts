import { join } from 'node:path';
import { environmentOf } from '../../core/connection/environment.ts';
import { isAwsIdentityVariable, isIdentityVariable } from '../identity/identity-variables.ts';
import { fillTemplate, type Template } from './template.ts';
import { type ChildTarget, templateField } from './template-fields.ts';

export interface ChildEnvironmentOptions {
  readonly templates: readonly Template[];
  /** Whether AWS credentials stay: they are the identity with `--auth iam`, and the child's own business else. */
  readonly keepAws: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a child of `exec`: the parent's without whatever could make it connect elsewhere or
 * ask for tokens itself, with the first target of each kind of client, and with the templates on top.
 *
 * No variable that a client reads holds a token: one that cannot be renewed would stop working while
 * the child runs, and anybody who may look at its environment could use it.
 *
 * @throws CliError, FormatError for a template that cannot be filled.
 */
export function childEnvironment(
  parent: Environment,
  targets: readonly ChildTarget[],
  { templates, keepAws }: ChildEnvironmentOptions,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(parent).filter(
    ([name]) =>
      !isIdentityVariable(name) && !(isAwsIdentityVariable(name) && !keepAws) && !isConflict(name),
  );
  const postgres = targets.find(({ connection }) => connection.engine === 'postgres');
  const mysql = targets.find(({ connection }) => connection.engine !== 'postgres');
  return {
    ...Object.fromEntries(inherited),
    ...(postgres && libpqVariables(postgres)),
    ...(mysql && mysqlVariables(mysql)),
    ...Object.fromEntries(
      templates.map((template) => [
        template.variable,
        fillTemplate(template, (alias, field) => templateField(targets, alias, field)),
      ]),
    ),
  };
}

function libpqVariables({ connection, folder }: ChildTarget): Environment {
  const { PGPASSWORD: _, ...variables } = Object.fromEntries(environmentOf(connection));
  return { ...variables, PGPASSFILE: join(folder, 'pgpass') };
}

/** Clients of MySQL and MariaDB read `$MYSQL_HOME/my.cnf`; there the TLS mode and the token stand. */
function mysqlVariables({ connection, folder }: ChildTarget): Environment {
  const { MYSQL_PWD: _, ...variables } = Object.fromEntries(environmentOf(connection));
  // A DB_NAME left over would belong to another connection; undefined takes it away.
  return { DB_NAME: undefined, ...variables, MYSQL_HOME: folder };
}

/**
 * What could lead a client elsewhere, or weaken its TLS. PGOPTIONS, PGTZ and the like stay: they belong
 * to the session, and not to the way there.
 */
function isConflict(name: string): boolean {
  return conflicts.has(name) || /^(?:PGSSL|PGGSS|PGKRB)/.test(name);
}

const conflicts: ReadonlySet<string> = new Set([
  ...['PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGDATABASE', 'PGUSER', 'PGPASSWORD', 'PGPASSFILE'],
  ...[
    'PGSERVICE',
    'PGSERVICEFILE',
    'PGAPPNAME',
    'PGREQUIREAUTH',
    'PGCHANNELBINDING',
    'PGREQUIRESSL',
  ],
  ...['PGREQUIREPEER', 'PGTARGETSESSIONATTRS', 'PGLOADBALANCEHOSTS'],
  ...['MYSQL_HOST', 'MYSQL_TCP_PORT', 'MYSQL_UNIX_PORT', 'MYSQL_PWD', 'MYSQL_HOME', 'MARIADB_HOME'],
  ...['MYSQL_GROUP_SUFFIX', 'MYSQL_TEST_LOGIN_FILE', 'LIBMYSQL_ENABLE_CLEARTEXT_PLUGIN'],
]);
