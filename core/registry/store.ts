import type { Database, Issuer, Member } from './model.ts';

/** All that one decision can depend on, read from one version of the registry. */
export interface RegistrySlice {
  readonly version: string;
  /** Members filed under any of the caller's keys: candidates, whose conditions are still to be checked. */
  readonly members: readonly Member[];
  readonly database: Database | undefined;
  readonly suspensions: Suspensions;
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

  /** Databases with a user granted to one of `teams`, by name, after the name `after`. */
  databasesOf(query: {
    readonly teams: readonly string[];
    readonly after?: string;
    readonly limit: number;
  }): Promise<{ readonly databases: readonly Database[]; readonly more: boolean }>;
}

export type IssuerLookup =
  | { readonly found: true; readonly issuer: Issuer }
  | { readonly found: false; readonly reason: 'issuer-unknown' | 'issuer-suspended' };
