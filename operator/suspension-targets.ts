import type { Database, Grant } from '../core/registry/model.ts';
import type { RegistryRecords } from './registry-records.ts';
import type { SuspensionEntry } from './suspension-entry.ts';

/** A database user that the suspended could log in as, and through which roles. */
export interface SuspensionTarget {
  readonly database: Database;
  readonly user: string;
  readonly roleArns: readonly string[];
}

export interface SuspensionTargets {
  readonly targets: readonly SuspensionTarget[];
  /** Whether the version has an entry of this name: a misspelt one cuts nobody off. */
  readonly isKnown: boolean;
  /** Of a suspended issuer. */
  readonly issuerUrl: string | undefined;
}

/**
 * Whom an entry concerns in a version. Reads all databases: it is for the minutes after a suspension, which
 * is in force by then.
 */
export async function suspensionTargets(
  entry: SuspensionEntry,
  records: RegistryRecords,
): Promise<SuspensionTargets> {
  const { concerns, issuerUrl, isKnown } = await scopeOf(entry, records);
  const targets: SuspensionTarget[] = [];
  let isNamed = isKnown;
  for await (const database of records.databases()) {
    if (entry.kind === 'database' && database.name === entry.database) isNamed = true;
    for (const user of database.users) {
      const grants = user.grants.filter((grant) => concerns(database.name, user.name, grant));
      const roleArns = [...new Set(grants.map(({ roleArn }) => roleArn))];
      if (grants.length > 0) targets.push({ database, user: user.name, roleArns });
    }
  }
  const isGranted = entry.kind === 'user' && targets.length > 0;
  return { targets, isKnown: isNamed || isGranted, issuerUrl };
}

interface Scope {
  readonly concerns: (database: string, user: string, grant: Grant) => boolean;
  /** As far as issuers and members say; databases and their users are still to be seen. */
  readonly isKnown: boolean;
  readonly issuerUrl: string | undefined;
}

async function scopeOf(entry: SuspensionEntry, records: RegistryRecords): Promise<Scope> {
  if (entry.kind === 'issuer') return issuerScope(entry.issuer, records);
  const isKnown = await hasMember(entry, records);
  return { concerns: concernsOf(entry), isKnown, issuerUrl: undefined };
}

/** Whether a member is the entry's, or of its team. A grant to the team does not tell whether the member exists. */
async function hasMember(entry: NamedEntry, { members }: RegistryRecords): Promise<boolean> {
  if (!('team' in entry)) return false;
  const name = 'member' in entry ? entry.member : undefined;
  for await (const one of members()) {
    if (one.team === entry.team && one.name === (name ?? one.name)) return true;
  }
  return false;
}

type NamedEntry = Exclude<SuspensionEntry, { readonly kind: 'issuer' }>;

function concernsOf(entry: NamedEntry): Scope['concerns'] {
  if (entry.kind === 'database') return (database) => database === entry.database;
  if (entry.kind === 'user') {
    return (database, user) => database === entry.database && user === entry.user;
  }
  if (entry.kind === 'team') return (_database, _user, { team }) => team === entry.team;
  return (_database, _user, { team, member }) =>
    team === entry.team && (member === undefined || member === entry.member);
}

/** What the members of an issuer are granted, in the name of their team or their own. */
async function issuerScope(name: string, records: RegistryRecords): Promise<Scope> {
  const [teams, members] = [new Set<string>(), new Set<string>()];
  let issuerUrl: string | undefined;
  for await (const issuer of records.issuers()) {
    if (issuer.name === name) issuerUrl = issuer.url;
  }
  for await (const one of records.members()) {
    if (one.kind !== 'jwt' || one.issuerName !== name) continue;
    teams.add(one.team);
    members.add(`${one.team}/${one.name}`);
  }
  const concerns: Scope['concerns'] = (_database, _user, { team, member }) =>
    member === undefined ? teams.has(team) : members.has(`${team}/${member}`);
  return { concerns, isKnown: issuerUrl !== undefined, issuerUrl };
}
