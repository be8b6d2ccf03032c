import type { Path } from './problem.ts';
import type { DatabaseEntry, IssuerEntry, MemberEntry, TeamEntry, UserEntry } from './schema.ts';

/**
 * The registry with its shape checked, its meaning not yet. Maps, not objects: a team may be called
 * `constructor` (A9).
 */
export interface RegistryDraft {
  readonly issuers: ReadonlyMap<string, IssuerEntry>;
  readonly teams: ReadonlyMap<string, DraftTeam>;
  readonly databases: ReadonlyMap<string, DraftDatabase>;
  /** Entries of which something was left out because its shape is wrong, as `teams/payments`: what is missing there is no second problem. */
  readonly unreadable: ReadonlySet<string>;
}

export type DraftTeam = Omit<TeamEntry, 'members'> & {
  readonly members: ReadonlyMap<string, MemberEntry>;
};

export type DraftDatabase = Omit<DatabaseEntry, 'users' | 'resourceId'> & {
  readonly resourceIds: readonly string[];
  readonly users: ReadonlyMap<string, UserEntry>;
};

export interface PlacedMember {
  readonly path: Path;
  readonly team: string;
  readonly name: string;
  readonly member: MemberEntry;
}

export interface PlacedUser {
  readonly path: Path;
  readonly database: DraftDatabase;
  readonly name: string;
  readonly user: UserEntry;
}

/** Every member of every team, with its place. */
export function membersOf(draft: RegistryDraft): PlacedMember[] {
  return [...draft.teams].flatMap(([team, { members }]) =>
    [...members].map(([name, member]) => ({
      path: ['teams', team, 'members', name],
      team,
      name,
      member,
    })),
  );
}

/** Every user of every database, with its place. */
export function usersOf(draft: RegistryDraft): PlacedUser[] {
  return [...draft.databases].flatMap(([databaseName, database]) =>
    [...database.users].map(([name, user]) => ({
      path: ['databases', databaseName, 'users', name],
      database,
      name,
      user,
    })),
  );
}
