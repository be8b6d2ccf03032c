import { type Circumstances, candidatesOf } from './authorize.ts';
import { VendError } from './errors.ts';
import { type Identity, isExpired, principalOf } from './identity.ts';
import { keysOfIdentity } from './registry/member-keys.ts';
import type { Database, Engine, Member } from './registry/model.ts';
import type { RegistrySlice, RegistryStore, Suspensions } from './registry/store.ts';
import { memberMatches } from './trust-rule.ts';

/** One entry of `GET /v1/databases`: how to reach it, and as whom this caller may log in now. */
export interface OpenDatabase {
  readonly name: string;
  readonly engine: Engine;
  readonly host: string;
  readonly port: number;
  readonly dbname?: string;
  readonly region: string;
  readonly users: readonly { readonly user: string; readonly teams: readonly string[] }[];
}

export interface DatabasePage {
  readonly databases: readonly OpenDatabase[];
  /** Opaque; `null` on the last page. A page may be empty and still have a next one. */
  readonly next: string | null;
}

/** The answer of `GET /v1/whoami`: the identity as tokenvend sees it. */
export interface Standing {
  readonly kind: 'jwt' | 'iam';
  readonly issuer?: string;
  readonly account?: string;
  readonly principal: string;
  readonly teams: readonly { readonly team: string; readonly members: readonly string[] }[];
  readonly expiresAt?: string;
  readonly registryVersion: string;
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
  const after = query.cursor === undefined ? undefined : nameIn(query.cursor);
  const memberKeys = keysOfValid(identity, circumstances.now);
  const listing = await registry.listing({ memberKeys });
  const members = listing.members.filter((member) => memberMatches(member, identity));
  const teams = distinct(members.map(({ team }) => team));
  const page = await listing.databasesOf({
    teams,
    limit: query.limit,
    ...(after === undefined ? {} : { after }),
  });
  const last = page.databases.at(-1);
  return {
    databases: page.databases.flatMap((database) => {
      const users = openUsers(members, database, listing.suspensions, circumstances);
      return users.length === 0 ? [] : [openDatabase(database, users)];
    }),
    next: page.more && last !== undefined ? cursorAfter(last.name) : null,
  };
}

/** Who the caller is to tokenvend, and which member entries it satisfies. */
export async function whoami(
  registry: Pick<RegistryStore, 'slice'>,
  identity: Identity,
  now: Date,
): Promise<Standing> {
  const slice = await registry.slice({ memberKeys: keysOfValid(identity, now) });
  return {
    kind: identity.kind,
    ...(identity.kind === 'jwt'
      ? { issuer: identity.issuer, expiresAt: identity.expiresAt.toISOString() }
      : { account: identity.account }),
    principal: principalOf(identity),
    teams: teamsOf(slice, identity),
    registryVersion: slice.version,
  };
}

function keysOfValid(identity: Identity, now: Date): readonly string[] {
  if (isExpired(identity, now)) throw new VendError('UNAUTHENTICATED', 'identity-expired');
  return keysOfIdentity(identity);
}

function teamsOf(
  slice: RegistrySlice,
  identity: Identity,
): { readonly team: string; readonly members: readonly string[] }[] {
  const members = slice.members.filter((member) => memberMatches(member, identity));
  return distinct(members.map(({ team }) => team)).map((team) => ({
    team,
    members: members.filter((member) => member.team === team).map(({ name }) => name),
  }));
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
  return distinct(open.map(({ user }) => user.name)).map((user) => ({
    user,
    teams: distinct(open.filter((one) => one.user.name === user).map(({ grant }) => grant.team)),
  }));
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function openDatabase(database: Database, users: OpenDatabase['users']): OpenDatabase {
  const { name, engine, host, port, dbname, region } = database;
  return {
    name,
    engine,
    host,
    port,
    ...(dbname === undefined ? {} : { dbname }),
    region,
    users,
  };
}

const cursorAfter = (name: string): string => Buffer.from(name).toString('base64url');

function nameIn(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString();
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name) || cursorAfter(name) !== cursor) {
    throw new VendError('INVALID_REQUEST', 'query-invalid');
  }
  return name;
}
