import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBProxiesCommand,
  DescribeDBProxyEndpointsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { readDatabases } from '../../../../operator/drift/rds-reader.ts';

const rds = mockClient(RDSClient);
beforeEach(() => {
  rds.reset();
  rds.on(DescribeDBInstancesCommand).resolves({});
  rds.on(DescribeDBClustersCommand).resolves({});
  rds.on(DescribeDBProxiesCommand).resolves({});
  rds.on(DescribeDBProxyEndpointsCommand).resolves({});
});

const read = () => readDatabases(new RDSClient({ region: 'eu-west-1' }), 'eu-west-1');

const suffix = 'c9akciq32abc.eu-west-1.rds.amazonaws.com';

/** As RDS answers for a PostgreSQL instance, cut to what could matter. */
const instance = {
  DBInstanceIdentifier: 'orders',
  DbiResourceId: 'db-ORDERS',
  Engine: 'postgres',
  EngineVersion: '16.4',
  DBName: 'orders',
  Endpoint: { Address: `orders.${suffix}`, Port: 5432, HostedZoneId: 'Z29XKXDKYMONMX' },
  IAMDatabaseAuthenticationEnabled: true,
  CACertificateIdentifier: 'rds-ca-rsa2048-g1',
  EnabledCloudwatchLogsExports: ['postgresql', 'iam-db-auth-error'],
  DomainMemberships: [],
};

describe('readDatabases', () => {
  it('reads an instance', async () => {
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [instance] });

    expect(await read()).toEqual([
      {
        kind: 'instance',
        identifier: 'orders',
        region: 'eu-west-1',
        resourceId: 'db-ORDERS',
        engines: ['postgres'],
        engineVersion: '16.4',
        endpoints: [{ host: `orders.${suffix}`, port: 5432 }],
        dbname: 'orders',
        iamAuthentication: true,
        caIdentifiers: ['rds-ca-rsa2048-g1'],
        kerberos: false,
        logsRefusals: true,
      },
    ]);
  });

  it('counts the instances of an Aurora cluster to the cluster, whose id its policies name', async () => {
    const member = {
      ...instance,
      DBInstanceIdentifier: 'ledger-1',
      DBClusterIdentifier: 'ledger',
      Engine: 'aurora-mysql',
      Endpoint: { Address: `ledger-1.${suffix}`, Port: 3306 },
    };
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [member] });
    rds.on(DescribeDBClustersCommand).resolves({
      DBClusters: [
        {
          DBClusterIdentifier: 'ledger',
          DbClusterResourceId: 'cluster-LEDGER',
          Engine: 'aurora-mysql',
          EngineVersion: '8.0.mysql_aurora.3.05.2',
          Endpoint: `ledger.cluster-${suffix}`,
          ReaderEndpoint: `ledger.cluster-ro-${suffix}`,
          Port: 3306,
        },
      ],
    });

    expect(await read()).toMatchObject([
      {
        kind: 'cluster',
        resourceId: 'cluster-LEDGER',
        engines: ['mysql'],
        endpoints: [
          { host: `ledger.cluster-${suffix}`, port: 3306 },
          { host: `ledger.cluster-ro-${suffix}`, port: 3306 },
          { host: `ledger-1.${suffix}`, port: 3306 },
        ],
        iamAuthentication: false,
        caIdentifiers: ['rds-ca-rsa2048-g1'],
        logsRefusals: false,
      },
    ]);
  });

  it.each([
    ['end to end', { DefaultAuthScheme: 'IAM_AUTH', Auth: [] }, true],
    ['with secrets', { Auth: [{ IAMAuth: 'REQUIRED' as const }] }, true],
    ['not at all', { Auth: [{ IAMAuth: 'DISABLED' as const }] }, false],
  ])('reads a proxy that takes tokens %s, and its further endpoints', async (_, auth, expected) => {
    rds.on(DescribeDBProxiesCommand).resolves({
      DBProxies: [
        {
          DBProxyName: 'orders',
          DBProxyArn: 'arn:aws:rds:eu-west-1:111122223333:db-proxy:prx-0a1b2c3d4e5f6a7b8',
          EngineFamily: 'POSTGRESQL',
          Endpoint: `orders.proxy-${suffix}`,
          ...auth,
        },
      ],
    });
    rds.on(DescribeDBProxyEndpointsCommand).resolves({
      DBProxyEndpoints: [
        { DBProxyName: 'orders', Endpoint: `reader.endpoint.proxy-${suffix}` },
        { DBProxyName: 'other', Endpoint: `other.endpoint.proxy-${suffix}` },
      ],
    });

    expect(await read()).toMatchObject([
      {
        kind: 'proxy',
        resourceId: 'prx-0a1b2c3d4e5f6a7b8',
        engines: ['postgres'],
        endpoints: [
          { host: `orders.proxy-${suffix}`, port: 5432 },
          { host: `reader.endpoint.proxy-${suffix}`, port: 5432 },
        ],
        iamAuthentication: expected,
        caIdentifiers: [],
      },
    ]);
  });

  it('reads every page', async () => {
    rds
      .on(DescribeDBInstancesCommand)
      .resolves({ DBInstances: [instance], Marker: 'next' })
      .on(DescribeDBInstancesCommand, { Marker: 'next' })
      .resolves({ DBInstances: [{ ...instance, DbiResourceId: 'db-SECOND' }] });

    expect((await read()).map(({ resourceId }) => resourceId)).toEqual(['db-ORDERS', 'db-SECOND']);
  });

  it.each(['oracle-ee', 'sqlserver-se', 'neptune', 'docdb', 'db2-se'])(
    'leaves out %s',
    async (Engine) => {
      rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [{ ...instance, Engine }] });

      expect(await read()).toEqual([]);
    },
  );

  it('has no endpoint for an instance that is still being created', async () => {
    const { Endpoint: _, ...creating } = instance;
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [creating] });

    expect(await read()).toMatchObject([{ endpoints: [] }]);
  });
});
