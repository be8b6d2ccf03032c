import type { Database, Issuer, Member, RegistryDocument } from '../../core/registry/model.ts';
import { localAudience } from '../../local/function-environment.ts';
import { databaseAccount, externalId, region, roleArns } from '../../local/organization.ts';

/** An issuer that nothing asks for its keys: the tokens function only sees what the authorizer passed on. */
export const clusterIssuer = {
  url: 'https://oidc.example.com/cluster',
  keys: { kind: 'remote', jwksUri: 'https://oidc.example.com/cluster/keys' },
} as const;

/** How many databases share a team; a team has one member. */
const databasesPerTeam = 100;

/** Who the bench's caller is: the one member of the first team. */
export const callerSubject = 'system:serviceaccount:team-0:api';

/** The one database user that each database has. */
export const databaseUser = 'app';

/**
 * A compiled registry of that many databases, of teams of a hundred each. The first team's are spread
 * over the whole of it, so that asking for them finds nothing next to what was asked for before.
 */
export function registryOf(
  databaseCount: number,
  issuer: Pick<Issuer, 'url' | 'keys'> = clusterIssuer,
): RegistryDocument {
  const teamCount = Math.ceil(databaseCount / databasesPerTeam);
  return {
    version: `bench-${databaseCount}`,
    issuers: [issuerOf(issuer)],
    members: listOf(teamCount, (team) => memberOf(team, issuer.url)),
    databases: listOf(databaseCount, (at) => databaseOf(at, at % teamCount)),
  };
}

/** The names of `count` databases that the caller may open. */
export function openDatabases(
  { databases }: RegistryDocument,
  count: number,
): readonly [string, ...string[]] {
  const [first, ...others] = databases
    .filter(({ users }) => users.some(({ grants }) => grants.some(({ team }) => team === 'team-0')))
    .slice(0, count)
    .map(({ name }) => name);
  if (first === undefined) throw new Error('the registry opens nothing to the caller');
  return [first, ...others];
}

function issuerOf({ url, keys }: Pick<Issuer, 'url' | 'keys'>): Issuer {
  return {
    name: 'cluster',
    url,
    audiences: [localAudience],
    algorithms: ['RS256'],
    keys,
    maxTokenLifetimeSeconds: 86_400,
    claimKeys: [],
    auditClaims: [],
  };
}

function memberOf(team: number, issuer: string): Member {
  return {
    kind: 'jwt',
    team: `team-${team}`,
    name: 'api',
    issuerName: 'cluster',
    issuer,
    subject: { exact: `system:serviceaccount:team-${team}:api` },
    claims: [],
  };
}

/** Every team has the role that the local STS knows: only the first one's is ever assumed. */
function databaseOf(at: number, team: number): Database {
  const name = `db-${at}`;
  return {
    name,
    engine: 'postgres',
    host: `${name}.c9akciq32abc.${region}.rds.amazonaws.com`,
    port: 5432,
    region,
    partition: 'aws',
    account: databaseAccount,
    resourceIds: [`db-${String(at).padStart(26, 'A')}`],
    caBundle: region,
    users: [
      {
        name: databaseUser,
        grants: [{ team: `team-${team}`, roleArn: roleArns.payments, externalId }],
      },
    ],
  };
}

function listOf<T>(length: number, make: (at: number) => T): T[] {
  return Array.from({ length }, (_, at) => make(at));
}
