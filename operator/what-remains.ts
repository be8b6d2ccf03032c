import { type OpenSessions, type Remains, remainsOf } from './remains.ts';
import { comment } from './sql/quoting.ts';
import type { SuspensionEntry } from './suspension-entry.ts';
import type { SuspensionTargets } from './suspension-targets.ts';

/** {@link remainsOf}, for people. */
export function whatRemains(
  entry: SuspensionEntry,
  found: SuspensionTargets,
  effectiveAt: Date,
): string[] {
  const { query, deny, sessions } = remainsOf(entry, found, effectiveAt);
  return [
    `1. What was vended in the 15 minutes before ${effectiveAt.toISOString()}: CloudWatch Logs Insights, on the`,
    '   log group of the tokens function (the output AuditLogGroup).',
    query,
    '',
    ...(deny === undefined ? nothingToEnd : whatToEnd(deny, sessions, effectiveAt)),
  ];
}

const nothingToEnd = [
  'The current version grants nothing to this name, so there is no policy to print. If the query finds vends,',
  'they come from an earlier version: deny those roles and end those sessions by hand.',
];

function whatToEnd(
  { roles, policy }: NonNullable<Remains['deny']>,
  sessions: readonly OpenSessions[],
  effectiveAt: Date,
): string[] {
  return [
    '2. Tokens that were handed out: add this inline policy to the roles, and remove it when these tokens are',
    `   over, 15 minutes after ${effectiveAt.toISOString()}. It stops the tokens of everybody whose session`,
    '   is as old: they ask for a `fresh` one. To spare them, add the condition StringEquals aws:SourceIdentity',
    '   with what the query found as sourceIdentity.',
    ...roles.map((role) => `   ${role}`),
    JSON.stringify(policy, undefined, 2),
    '',
    '3. Sessions that are open: as an administrator of each database. This ends the sessions of everybody who',
    '   logs in as these users, other members included; they come back with a token of their own.',
    ...(sessions.some(({ engine }) => engine !== 'postgres') ? mysqlNote : []),
    ...sessions.flatMap(({ database, engine, host, user, statement }) => [
      comment(`${database} (${engine}), ${host}, ${user}`),
      statement,
    ]),
  ];
}

const mysqlNote = [
  '   For MySQL and MariaDB the statement ends nothing yet: it prints CALL lines. Run those, too.',
];
