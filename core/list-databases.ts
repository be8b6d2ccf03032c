import { type Circumstances, candidatesOf } from './authorize.ts';
import { addressOf, type DatabaseAddress } from './database-address.ts';
import type { Identity } from './identity.ts';
import { granteesOf, keysInForce, membershipsInForce, teamsOf } from './memberships.ts';
import { firstPage, readCursor } from './page-cursor.ts';
import { cursorAt, nameBefore } from './page-position.ts';
import type { Database, Member } from './registry/model.ts';
import type { RegistryStore, Suspensions } from './registry/store.ts';

/** One entry of `GET /v1/databases`: how to reach it, and as whom this caller may log in now. */
export interface OpenDatabase extends DatabaseAddress {
  readonly users: readonly { readonly user: string; readonly teams: readonly string[] }[];
}

export interface DatabasePage {
  readonly databases: readonly OpenDatabase[];
  /** Opaque; `null` on the last page. A page may be empty and still have a next one. */
  readonly next: string | null;
}

export interface PageQuery {
  readonly limit: number;
  readonly cursor: string | undefined;
}

/**
 * One page of what the caller may open, by the same evaluator that vends.
 *
 * @throws VendError `INVALID_REQUEST` `query-invalid` for a cursor that this API did not give out.
 */
export async function listDatabases(
  registry: Pick<RegistryStore, 'listing'>,
  identity: Identity,
  query: PageQuery,
  circumstances: Circumstances,
): Promise<DatabasePage> {
  const begin = query.cursor === undefined ? firstPage : readCursor(query.cursor);
  const memberKeys = keysInForce(identity, circumstances.now);
  const listing = await registry.listing({ memberKeys });
  const members = membershipsInForce(listing, identity, circumstances);
  const lists = { listing, grantees: granteesOf(members) };
  const after = await nameBefore(begin, lists);
  const page = await listing.databasesOf({
    grantees: lists.grantees,
    limit: query.limit,
    ...(after === undefined ? {} : { after }),
  });
  const databases = page.databases.flatMap((database) => {
    const users = openUsers(members, database, listing.suspensions, circumstances);
    return users.length === 0 ? [] : [{ ...addressOf(database), users }];
  });
  const last = page.more ? page.databases.at(-1) : undefined;
  const shown = databases.at(-1)?.name ?? begin.shown;
  return { databases, next: last === undefined ? null : await cursorAt(last, shown, lists) };
}

/** Every user that the caller may have now, by the evaluator that vends. */
function openUsers(
  members: readonly Member[],
  database: Database,
  suspensions: Suspensions,
  circumstances: Circumstances,
): OpenDatabase['users'] {
  const open = candidatesOf(members, database, suspensions, circumstances).filter(
    ({ obstacle }) => obstacle === undefined,
  );
  const names = new Set(open.map(({ user }) => user.name));
  return [...names].sort().map((user) => ({
    user,
    teams: teamsOf(open.filter((one) => one.user.name === user).map(({ member }) => member)),
  }));
}
