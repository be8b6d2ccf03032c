import { shellQuote } from '../../core/connection/shell-quote.ts';
import { readEndpoint } from '../../core/registry/endpoint.ts';
import type { Database } from '../../core/registry/model.ts';

/** What of RDS a registry entry is: by its resource id, because an Aurora instance's policies name its cluster. */
export type ResourceKind = 'instance' | 'cluster' | 'proxy';

export function kindOf({ resourceIds: [id = ''] }: Pick<Database, 'resourceIds'>): ResourceKind {
  if (id.startsWith('cluster-')) return 'cluster';
  return id.startsWith('prx-') ? 'proxy' : 'instance';
}

/** The AWS CLI's command that shows what matters about the database. */
export function lookupCommand(database: Database): string {
  const [id = ''] = database.resourceIds;
  const region = `--region ${shellQuote(database.region)}`;
  switch (kindOf(database)) {
    case 'instance':
      return `aws rds describe-db-instances ${region} --query ${shellQuote(`DBInstances[?DbiResourceId=='${id}'].[DBInstanceIdentifier,EngineVersion,IAMDatabaseAuthenticationEnabled,CACertificateIdentifier,DomainMemberships,ReadReplicaSourceDBInstanceIdentifier]`)}`;
    case 'cluster':
      return `aws rds describe-db-clusters ${region} --query ${shellQuote(`DBClusters[?DbClusterResourceId=='${id}'].[DBClusterIdentifier,EngineVersion,IAMDatabaseAuthenticationEnabled,DomainMemberships]`)}`;
    case 'proxy':
      return `aws rds describe-db-proxies ${region} --query ${shellQuote(`DBProxies[?Endpoint=='${database.host}'].[DBProxyName,EngineFamily,RequireTLS,DefaultAuthScheme,Auth]`)}`;
  }
}

/** The AWS CLI's command that turns IAM authentication on, and its log with it. */
export function changeCommand(database: Database): string {
  const region = `--region ${shellQuote(database.region)}`;
  const identifier = shellQuote(identifierOf(database));
  const logs = `--cloudwatch-logs-export-configuration ${shellQuote('{"EnableLogTypes":["iam-db-auth-error"]}')}`;
  const changes = `--enable-iam-database-authentication ${logs} --apply-immediately ${region}`;
  switch (kindOf(database)) {
    case 'instance':
      return `aws rds modify-db-instance --db-instance-identifier ${identifier} ${changes}`;
    case 'cluster':
      return `aws rds modify-db-cluster --db-cluster-identifier ${identifier} ${changes}`;
    case 'proxy':
      return `aws rds modify-db-proxy --db-proxy-name ${identifier} --default-auth-scheme IAM_AUTH --require-tls ${region}`;
  }
}

/**
 * The first label of the endpoint is the identifier; only an Aurora instance's own endpoint does not
 * say its cluster's, which the lookup before it prints.
 */
function identifierOf(database: Database): string {
  const isOwn = readEndpoint(database.host)?.kind === 'instance';
  const [label = ''] = database.host.split('.');
  return isOwn && kindOf(database) === 'cluster' ? 'CLUSTER-IDENTIFIER' : label;
}
