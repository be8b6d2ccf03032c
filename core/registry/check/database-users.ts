import { isCidr } from '../../source-ip.ts';
import { databaseUserProblem } from '../database-user.ts';
import { type PlacedUser, type RegistryDraft, usersOf } from '../draft.ts';
import type { Engine } from '../model.ts';
import { error, type Finding, warning } from '../problem.ts';
import { sessionPolicyProblem } from './session-policies.ts';

/** A database user is the last part of an ARN and a name in the engine: it must be sound as both. */
export function checkDatabaseUsers(draft: RegistryDraft): Finding[] {
  return usersOf(draft).flatMap((placed) => [...nameFindings(placed), ...cidrFindings(placed)]);
}

/** Longest user name of each engine, in bytes for PostgreSQL (NAMEDATALEN - 1), else in characters. */
const maxUserLength = { postgres: 63, mysql: 32, mariadb: 80 } as const satisfies Record<
  Engine,
  number
>;

/** A17: accounts that own or administrate the server on RDS. */
const masters = ['postgres', 'admin', 'administrator', 'root', 'rdsadmin', 'rds_superuser'];

function nameFindings(placed: PlacedUser): Finding[] {
  const { path, name, database } = placed;
  const problem = databaseUserProblem(name);
  if (problem !== undefined) return [error(path, problem)];
  const longest = maxUserLength[database.engine];
  if (lengthIn(database.engine, name) > longest) {
    return [error(path, `${database.engine} cuts user names after ${longest}; use a shorter one.`)];
  }
  const policyProblem = sessionPolicyProblem(placed);
  if (policyProblem !== undefined) return [error(path, policyProblem)];
  return masters.includes(name.toLowerCase())
    ? [warning(path, 'This looks like the master user; vend a user with fewer rights.')]
    : [];
}

/** PostgreSQL cuts the rest off without a word, and what is left may be another user's name. */
function lengthIn(engine: Engine, name: string): number {
  return engine === 'postgres' ? Buffer.byteLength(name) : name.length;
}

function cidrFindings({ path, user }: PlacedUser): Finding[] {
  return (user.vendFromCidrs ?? []).flatMap((cidr, index) =>
    isCidr(cidr)
      ? []
      : [
          error(
            [...path, 'vendFromCidrs', index],
            'Write an address and a length: 203.0.113.0/24.',
          ),
        ],
  );
}
