import type { Engine } from '../core/registry/model.ts';
import { comment, postgresText } from './sql/quoting.ts';
import type { SuspensionEntry } from './suspension-entry.ts';
import type { SuspensionTarget, SuspensionTargets } from './suspension-targets.ts';
import { userArns } from './user-arn.ts';

/**
 * What a suspension does not end, and how to end it. A token that was handed out opens sessions for up to
 * 15 minutes, and a session that is open stays so.
 */
export function whatRemains(
  entry: SuspensionEntry,
  { targets, issuerUrl }: SuspensionTargets,
  effectiveAt: Date,
): string[] {
  return [
    `1. What was vended in the 15 minutes before ${effectiveAt.toISOString()}: CloudWatch Logs Insights, on the`,
    '   log group of the tokens function (the output AuditLogGroup).',
    ...insightsQuery(entry, issuerUrl),
    '',
    ...(targets.length === 0 ? nothingToEnd : whatToEnd(targets, effectiveAt)),
  ];
}

/** A policy that denies everything, for roles that nobody can name, would only be attached by mistake. */
const nothingToEnd = [
  'The version in force grants it nothing, so there is no policy and no statement to show. If the query finds',
  'vends, an earlier version did: deny and end what they name.',
];

function whatToEnd(targets: readonly SuspensionTarget[], effectiveAt: Date): string[] {
  return [
    '2. Tokens that were handed out: add this inline policy to the roles, and remove it when these tokens are',
    `   over, 15 minutes after ${effectiveAt.toISOString()}. It stops the tokens of everybody whose session`,
    '   is as old: they ask for a `fresh` one. To spare them, add the condition StringEquals aws:SourceIdentity',
    '   with what the query found as sourceIdentity.',
    ...rolesOf(targets).map((role) => `   ${role}`),
    denyPolicy(targets, effectiveAt),
    '',
    '3. Sessions that are open: as an administrator of each database.',
    ...targets.flatMap(endSessions),
  ];
}

/** A query in the language of CloudWatch Logs Insights, over the fields of the audit record. */
function insightsQuery(entry: SuspensionEntry, issuerUrl: string | undefined): string[] {
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
  ];
}

const rolesOf = (targets: readonly SuspensionTarget[]): string[] =>
  [...new Set(targets.flatMap(({ roleArns }) => roleArns))].sort();

/**
 * RDS asks IAM at every login, so that denying the sessions of before denies the tokens they have signed.
 * Sessions that begin later are for callers who are not suspended.
 */
function denyPolicy(targets: readonly SuspensionTarget[], effectiveAt: Date): string {
  const arns = targets.flatMap(({ database, user }) => userArns(database, user));
  return JSON.stringify(
    {
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
    },
    undefined,
    2,
  );
}

/** A role's inline policies have 10,240 characters together (IAM quotas); an ARN has about 100. */
const maxArns = 50;

function endSessions({ database, user }: SuspensionTarget): string[] {
  const heading = comment(`${database.name} (${database.engine}), ${database.host}, ${user}`);
  return [heading, statements[database.engine](user)];
}

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
