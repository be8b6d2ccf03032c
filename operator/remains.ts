import type { Engine } from '../core/registry/model.ts';
import { postgresText } from './sql/quoting.ts';
import type { SuspensionEntry } from './suspension-entry.ts';
import type { SuspensionTarget, SuspensionTargets } from './suspension-targets.ts';
import { userArns } from './user-arn.ts';

/** What a suspension does not end, and how to end it. */
export interface Remains {
  /** Of CloudWatch Logs Insights: the vends of the 15 minutes before. */
  readonly query: string;
  /** For the tokens that were handed out; absent where the version grants nothing. */
  readonly deny?: { readonly roles: readonly string[]; readonly policy: DenyPolicy };
  readonly sessions: readonly OpenSessions[];
}

/**
 * The sessions of one database user, whoever's they are, and the statement of an administrator that ends
 * them. MySQL's and MariaDB's prints the statements that do.
 */
export interface OpenSessions {
  readonly database: string;
  readonly engine: Engine;
  readonly host: string;
  readonly user: string;
  readonly statement: string;
}

/**
 * Finds what a suspension does not end. A token that was handed out opens sessions for up to
 * 15 minutes, and a session that is open stays so.
 */
export function remainsOf(
  entry: SuspensionEntry,
  { targets, issuerUrl }: SuspensionTargets,
  effectiveAt: Date,
): Remains {
  const query = insightsQuery(entry, issuerUrl);
  const sessions = targets.map(openSessions);
  // A policy that denies everything, for roles that nobody can name, would only be attached by mistake.
  if (targets.length === 0) return { query, sessions };
  return {
    query,
    deny: { roles: rolesOf(targets), policy: denyPolicy(targets, effectiveAt) },
    sessions,
  };
}

/** A query in the language of CloudWatch Logs Insights, over the fields of the audit record. */
function insightsQuery(entry: SuspensionEntry, issuerUrl: string | undefined): string {
  const conditions = {
    team: 'team' in entry ? entry.team : undefined,
    member: 'member' in entry ? entry.member : undefined,
    database: 'database' in entry ? entry.database : undefined,
    user: 'user' in entry ? entry.user : undefined,
    'caller.issuer': issuerUrl,
  };
  const filters = Object.entries({ audit: 'vend', outcome: 'vended', ...conditions })
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => `${field} = ${JSON.stringify(value)}`);
  return [
    'fields time, vendId, caller.principal, team, member, database, user, sourceIdentity, sourceIp, expiresAt',
    `| filter ${filters.join(' and ')}`,
    '| sort time desc',
  ].join('\n');
}

const rolesOf = (targets: readonly SuspensionTarget[]): string[] =>
  [...new Set(targets.flatMap(({ roleArns }) => roleArns))].sort();

/**
 * RDS asks IAM at every login, so that denying the sessions of before denies the tokens they have signed.
 * Sessions that begin later are for callers who are not suspended.
 */
function denyPolicy(targets: readonly SuspensionTarget[], effectiveAt: Date): DenyPolicy {
  const arns = targets.flatMap(({ database, user }) => userArns(database, user));
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TokenvendSuspended',
        Effect: 'Deny',
        Action: 'rds-db:connect',
        Resource: arns.length > 0 && arns.length <= maxArns ? [...new Set(arns)].sort() : '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': effectiveAt.toISOString() } },
      },
    ],
  };
}

export interface DenyPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [
    {
      readonly Sid: string;
      readonly Effect: 'Deny';
      readonly Action: 'rds-db:connect';
      readonly Resource: readonly string[] | '*';
      readonly Condition: { readonly DateLessThan: { readonly 'aws:TokenIssueTime': string } };
    },
  ];
}

/** A role's inline policies have 10,240 characters together (IAM quotas); an ARN has about 100. */
const maxArns = 50;

const openSessions = ({ database, user }: SuspensionTarget): OpenSessions => ({
  database: database.name,
  engine: database.engine,
  host: database.host,
  user,
  statement: statements[database.engine](user),
});

const rdsKill = (user: string): string =>
  `SELECT CONCAT('CALL mysql.rds_kill(', id, ');') FROM information_schema.processlist WHERE user = ${mysqlText(user)} AND id <> CONNECTION_ID();`;

const statements: Readonly<Record<Engine, (user: string) => string>> = {
  postgres: (user) =>
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ${postgresText(user)} AND pid <> pg_backend_pid();`,
  mysql: rdsKill,
  mariadb: rdsKill,
};

/** Bytes as a number stand for the same text whatever `sql_mode` makes of a backslash. */
const mysqlText = (text: string): string =>
  /^[\w.@-]+$/.test(text) ? `'${text}'` : `0x${Buffer.from(text, 'utf8').toString('hex')}`;
