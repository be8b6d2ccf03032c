import { readPrincipalArn } from './arn.ts';
import type { DraftDatabase, RegistryDraft } from './draft.ts';
import { readEndpoint } from './endpoint.ts';
import type { Database, DatabaseUser, Grant } from './model.ts';
import { partitionOf } from './partitions.ts';
import type { UserEntry } from './schema.ts';

/** Compiles one database of a checked draft, each grant with the role that serves it. */
export function compileDatabase(
  name: string,
  entry: DraftDatabase,
  draft: RegistryDraft,
): Database {
  const { engine, host, port, region, account, resourceIds, dbname } = entry;
  const partition = partitionOf(region);
  if (partition === undefined) throw new Error('an unknown region passed the registry check');
  return {
    name,
    engine,
    host,
    port,
    region,
    partition,
    account,
    resourceIds,
    ...(dbname === undefined ? {} : { dbname }),
    caBundle: readEndpoint(host)?.kind === 'proxy' ? 'amazon-roots' : region,
    users: [...entry.users]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([user, rule]) => compileUser(user, rule, account, draft)),
  };
}

function compileUser(
  name: string,
  { teams, members, vendFromCidrs, notAfter }: UserEntry,
  account: string,
  draft: RegistryDraft,
): DatabaseUser {
  // `team` sorts before `team/member`: a grant to all before one to some.
  const references = [...new Set([...(teams ?? []), ...(members ?? [])])].sort();
  return {
    name,
    grants: references.map((reference) => compileGrant(reference, account, draft)),
    ...(vendFromCidrs === undefined ? {} : { vendFromCidrs }),
    ...(notAfter === undefined ? {} : { notAfterMs: Date.parse(notAfter) }),
  };
}

function compileGrant(reference: string, account: string, draft: RegistryDraft): Grant {
  const [name = '', member] = reference.split('/');
  const team = draft.teams.get(name);
  const roleArn = team?.roles?.find((role) => readPrincipalArn(role)?.account === account);
  if (roleArn === undefined) throw new Error('a grant without a role passed the registry check');
  return {
    team: name,
    ...(member === undefined ? {} : { member }),
    roleArn,
    ...(team?.externalId === undefined ? {} : { externalId: team.externalId }),
  };
}
