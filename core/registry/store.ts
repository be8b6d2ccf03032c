import type { Database, Issuer, Member } from './model.ts';

/** All that one decision can depend on, read from one version of the registry. */
export interface RegistrySlice {
  readonly version: string;
  /** Members filed under any of the caller's keys: candidates, whose conditions are still to be checked. */
  readonly members: readonly Member[];
  readonly database: Database | undefined;
  readonly suspensions: Suspensions;
}

/** A slice, and the lists of the same edition: what is published meanwhile is in neither. */
export interface RegistryListing extends RegistrySlice {
  /** Databases with a user granted to one of `grantees`, by name, after the name `after`. Throws as {@link RegistryStore}. */
  databasesOf(query: ListQuery): Promise<DatabaseList>;
  /** The place of a database in the list of a grantee of its own, from 0. Throws as {@link RegistryStore}. */
  placeOf(grantee: string, database: string): Promise<number>;
  /** The inverse of `placeOf`; `undefined` where the list has no such place. Throws as {@link RegistryStore}. */
  nameAt(grantee: string, place: number): Promise<string | undefined>;
}

export interface ListQuery {
  /** `team` for what is granted to all of a team, `team/member` for what is granted to one of it. */
  readonly grantees: readonly string[];
  readonly after?: string;
  readonly limit: number;
}

export interface DatabaseList {
  readonly databases: readonly Database[];
  /** Whether there are others after these. */
  readonly more: boolean;
}

/** Entries cut off at once: `team/t`, `member/t/m`, `user/db/u`, `database/db`, `issuer/i`. Not part of a version. */
export type Suspensions = ReadonlySet<string>;

/**
 * Where the registry is read from.
 *
 * Each method throws `VendError` `UPSTREAM_UNAVAILABLE` (`registry-unavailable`) when the registry
 * cannot be read: "unreadable" is never reported as "absent".
 */
export interface RegistryStore {
  slice(query: {
    readonly memberKeys: readonly string[];
    readonly database?: string;
  }): Promise<RegistrySlice>;

  /** The issuer whose `url` is exactly `url`, unless there is none or it is suspended. */
  issuer(url: string): Promise<IssuerLookup>;

  /** Who the caller may be, and what there is for its teams, from one edition. */
  listing(query: { readonly memberKeys: readonly string[] }): Promise<RegistryListing>;
}

export type IssuerLookup =
  | { readonly found: true; readonly issuer: Issuer }
  | { readonly found: false; readonly reason: 'issuer-unknown' | 'issuer-suspended' };
