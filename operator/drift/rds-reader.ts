import {
  type DBCluster,
  type DBInstance,
  type DBProxy,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBProxies,
  paginateDescribeDBProxyEndpoints,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { FoundDatabase, FoundEndpoint } from './account-reader.ts';
import { enginesOf, enginesOfFamily } from './engines.ts';

/** Every instance, cluster and proxy of a Region that runs an engine that tokenvend serves. */
export async function readDatabases(
  client: RDSClient,
  region: string,
): Promise<readonly FoundDatabase[]> {
  const [instances, clusters, proxies, endpoints] = [
    await all(paginateDescribeDBInstances({ client }, {}), (page) => page.DBInstances),
    await all(paginateDescribeDBClusters({ client }, {}), (page) => page.DBClusters),
    await all(paginateDescribeDBProxies({ client }, {}), (page) => page.DBProxies),
    await all(paginateDescribeDBProxyEndpoints({ client }, {}), (page) => page.DBProxyEndpoints),
  ];
  const single = instances.filter((one) => one.DBClusterIdentifier === undefined);
  return [
    ...single.map((one) => instanceOf(one, region)),
    ...clusters.map((one) => clusterOf(one, instances, region)),
    ...proxies.map((one) => {
      const further = endpoints.filter(({ DBProxyName }) => DBProxyName === one.DBProxyName);
      return proxyOf(
        one,
        further.flatMap(({ Endpoint }) => Endpoint ?? []),
        region,
      );
    }),
  ].filter(({ engines }) => engines.length > 0);
}

async function all<Page, T>(
  pages: AsyncIterable<Page>,
  of: (page: Page) => readonly T[] | undefined,
): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...(of(page) ?? []));
  return found;
}

function instanceOf(one: DBInstance, region: string): FoundDatabase {
  return {
    kind: 'instance',
    identifier: one.DBInstanceIdentifier ?? '',
    region,
    resourceId: one.DbiResourceId ?? '',
    engines: enginesOf(one.Engine),
    ...optional('engineVersion', one.EngineVersion),
    endpoints: endpointOf(one.Endpoint?.Address, one.Endpoint?.Port),
    ...optional('dbname', one.DBName),
    iamAuthentication: one.IAMDatabaseAuthenticationEnabled ?? false,
    caIdentifiers: one.CACertificateIdentifier === undefined ? [] : [one.CACertificateIdentifier],
    kerberos: (one.DomainMemberships ?? []).length > 0,
    logsRefusals: logsRefusals(one.EnabledCloudwatchLogsExports),
  };
}

/** Policies for an instance of a cluster name the cluster's id, so its endpoints are the cluster's. */
function clusterOf(
  one: DBCluster,
  instances: readonly DBInstance[],
  region: string,
): FoundDatabase {
  const own = instances.filter(
    ({ DBClusterIdentifier }) => DBClusterIdentifier === one.DBClusterIdentifier,
  );
  const cas = own.flatMap(({ CACertificateIdentifier: ca }) => ca ?? []);
  return {
    kind: 'cluster',
    identifier: one.DBClusterIdentifier ?? '',
    region,
    resourceId: one.DbClusterResourceId ?? '',
    engines: enginesOf(one.Engine),
    ...optional('engineVersion', one.EngineVersion),
    endpoints: [
      ...endpointOf(one.Endpoint, one.Port),
      ...endpointOf(one.ReaderEndpoint, one.Port),
      ...own.flatMap(({ Endpoint }) => endpointOf(Endpoint?.Address, Endpoint?.Port)),
    ],
    ...optional('dbname', one.DatabaseName),
    iamAuthentication: one.IAMDatabaseAuthenticationEnabled ?? false,
    caIdentifiers: [...new Set(cas)].sort(),
    kerberos: (one.DomainMemberships ?? []).length > 0,
    logsRefusals: logsRefusals(one.EnabledCloudwatchLogsExports),
  };
}

/** A proxy listens on its engine's own port; its id stands in its ARN only. */
function proxyOf(one: DBProxy, further: readonly string[], region: string): FoundDatabase {
  const port = one.EngineFamily === 'POSTGRESQL' ? 5432 : 3306;
  return {
    kind: 'proxy',
    identifier: one.DBProxyName ?? '',
    region,
    resourceId: /:db-proxy:(prx-[a-z0-9]+)$/.exec(one.DBProxyArn ?? '')?.[1] ?? '',
    engines: enginesOfFamily(one.EngineFamily),
    endpoints: [one.Endpoint ?? '', ...further]
      .filter((host) => host !== '')
      .map((host) => ({ host, port })),
    iamAuthentication:
      one.DefaultAuthScheme === 'IAM_AUTH' ||
      (one.Auth ?? []).some(({ IAMAuth }) => IAMAuth === 'REQUIRED' || IAMAuth === 'ENABLED'),
    caIdentifiers: [],
    kerberos: false,
  };
}

const logsRefusals = (exports: readonly string[] | undefined): boolean =>
  exports?.includes('iam-db-auth-error') ?? false;

/** None while RDS is still creating it. */
const endpointOf = (host: string | undefined, port: number | undefined): FoundEndpoint[] =>
  host === undefined || port === undefined ? [] : [{ host, port }];

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  const entry: { [P in K]?: string } = {};
  if (value !== undefined) entry[key] = value;
  return entry;
}
