import { describe, expect, it } from 'vitest';
import { findingsWith } from '../../../../builders/drafts.ts';
import { withDatabase } from '../../../../builders/registry-files.ts';

const place = 'databases.orders';
const at = (host: string, region = 'eu-west-1', resourceId: unknown = 'db-ABCDEFGHIJ') =>
  findingsWith(withDatabase({ host, region, resourceId }));

describe('the host of a database', () => {
  it.each([
    ['capitals', 'Orders.c9akciq32abc.eu-west-1.rds.amazonaws.com'],
    ['a custom endpoint', 'orders.cluster-custom-c9akciq32abc.eu-west-1.rds.amazonaws.com'],
    ['an alias', 'orders.db.example.com'],
    ['an address', '10.0.0.12'],
    ['localhost', 'localhost'],
    ['a port', 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com:5432'],
    ['a dot at the end', 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com.'],
    ['a name below an endpoint', 'a.orders.c9akciq32abc.eu-west-1.rds.amazonaws.com'],
    ['another service', 'orders.c9akciq32abc.eu-west-1.redshift.amazonaws.com'],
    ['a host that ends alike', 'orders.c9akciq32abc.eu-west-1.rds.evilamazonaws.com'],
    ['a host that goes on', 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com.example.com'],
    ['the suffix of another partition', 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com.cn'],
    ['China’s order outside China', 'orders.c9akciq32abc.rds.eu-west-1.amazonaws.com'],
    ['a further endpoint of no proxy', 'a.endpoint.c9akciq32abc.eu-west-1.rds.amazonaws.com'],
  ])('is refused for %s', (_, host) => {
    expect(at(host)).toEqual([`error ${place}.host`]);
  });

  it('is refused when it contradicts the region', () => {
    expect(at('orders.c9akciq32abc.eu-central-1.rds.amazonaws.com')).toEqual([
      `error ${place}.region`,
    ]);
  });

  it.each(['eu-west', 'europe', 'EU-WEST-1', 'eu-west-1a'])('is refused in %s', (region) => {
    expect(at('orders.c9akciq32abc.eu-west-1.rds.amazonaws.com', region)).toEqual([
      `error ${place}.region`,
    ]);
  });

  it.each([
    ['cn-north-1', 'orders.c9akciq32abc.cn-north-1.rds.amazonaws.com.cn', 'aws-cn'],
    ['cn-north-1', 'orders.c9akciq32abc.rds.cn-north-1.amazonaws.com.cn', 'aws-cn'],
    ['us-gov-west-1', 'orders.c9akciq32abc.us-gov-west-1.rds.amazonaws.com', 'aws-us-gov'],
    ['us-iso-east-1', 'orders.c9akciq32abc.us-iso-east-1.rds.c2s.ic.gov', 'aws-iso'],
    ['us-isob-east-1', 'orders.c9akciq32abc.us-isob-east-1.rds.sc2s.sgov.gov', 'aws-iso-b'],
    ['eusc-de-east-1', 'orders.c9akciq32abc.eusc-de-east-1.rds.amazonaws.eu', 'aws-eusc'],
  ])('in %s may be %s', (region, host, partition) => {
    const changes = {
      ...withDatabase({ host, region }),
      teams: {
        payments: {
          roles: [`arn:${partition}:iam::111122223333:role/tokenvend-payments`],
          members: { nightly: { iamRole: `arn:${partition}:iam::111122223333:role/nightly` } },
        },
      },
    };

    expect(findingsWith(changes)).toEqual([]);
  });

  it('is refused when its region and the role of its account are in different partitions', () => {
    expect(at('orders.c9akciq32abc.us-gov-west-1.rds.amazonaws.com', 'us-gov-west-1')).toEqual([
      'error teams.payments.roles[0]',
      'error teams.payments.members.nightly.iamRole',
    ]);
  });
});

describe('the resource id', () => {
  it.each([
    ['an instance', 'orders.c9akciq32abc', 'db-A1', 'prx-a1'],
    ['an instance of a cluster', 'orders.c9akciq32abc', 'cluster-A1', 'prx-a1'],
    ['a cluster', 'orders.cluster-c9akciq32abc', 'cluster-A1', 'db-A1'],
    ['a reader', 'orders.cluster-ro-c9akciq32abc', 'cluster-A1', 'db-A1'],
    ['a shard group', 'orders.shardgrp-c9akciq32abc', 'cluster-A1', 'db-A1'],
    ['a proxy', 'orders.proxy-c9akciq32abc', 'prx-a1', 'db-A1'],
    ['a further proxy endpoint', 'read.endpoint.proxy-c9akciq32abc', 'prx-a1', 'cluster-A1'],
  ])('of %s is of its kind', (_, start, right, wrong) => {
    const host = `${start}.eu-west-1.rds.amazonaws.com`;

    expect(at(host, 'eu-west-1', right)).toEqual([]);
    expect(at(host, 'eu-west-1', wrong)).toEqual([`error ${place}.resourceId`]);
    expect(at(host, 'eu-west-1', [right, wrong])).toEqual([`error ${place}.resourceId[1]`]);
  });

  it.each(['*', 'db-*', 'xdb-A1', 'db-A/x', 'db-', 'orders', 'DB-A1'])('is not %s', (id) => {
    expect(at('orders.c9akciq32abc.eu-west-1.rds.amazonaws.com', 'eu-west-1', id)).toEqual([
      `error ${place}.resourceId`,
    ]);
  });

  it('is listed once', () => {
    const host = 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com';

    expect(at(host, 'eu-west-1', ['db-A1', 'db-A1'])).toEqual([`error ${place}.resourceId[1]`]);
  });

  it('is warned about when two databases share it: grants on one open the other', () => {
    const second = {
      engine: 'postgres',
      host: 'second.c9akciq32abc.eu-west-1.rds.amazonaws.com',
      port: 5432,
      region: 'eu-west-1',
      account: '111122223333',
      resourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      users: {},
    };

    expect(findingsWith({ databases: { second } })).toEqual([
      'warning databases.second.resourceId',
    ]);
  });
});

describe('the port', () => {
  it.each([0, 443, 1149, 65_536])('is not %d, where RDS does not listen', (port) => {
    expect(findingsWith(withDatabase({ port }))).toEqual([`error ${place}.port`]);
  });

  it.each([1150, 65_535])('may be %d', (port) => {
    expect(findingsWith(withDatabase({ port }))).toEqual([]);
  });
});

describe('the account', () => {
  it('is in one partition, whatever its databases say', () => {
    const second = {
      engine: 'postgres',
      host: 'second.c9akciq32abc.us-gov-west-1.rds.amazonaws.com',
      port: 5432,
      region: 'us-gov-west-1',
      account: '111122223333',
      resourceId: 'db-SECOND',
      users: {},
    };

    expect(findingsWith({ databases: { second } })).toEqual(['error databases.second.account']);
  });
});

describe('the name to open on a database', () => {
  it.each([
    ['NUL, which ends it early', 'orders\0'],
    ['a line feed, after which a file goes on with another line', 'orders\nsslmode=disable'],
    ['more bytes than PostgreSQL keeps', 'ö'.repeat(32)],
  ])('is refused with %s', (_, dbname) => {
    expect(findingsWith(withDatabase({ dbname }))).toEqual([`error ${place}.dbname`]);
  });

  it('is measured in bytes for PostgreSQL alone', () => {
    const dbname = 'ö'.repeat(32);

    expect(findingsWith(withDatabase({ engine: 'mysql', dbname }))).toEqual([]);
  });

  it.each(['orders', 'Bestellungen für 2026', "o'brien", 'a'.repeat(63)])('may be %s', (dbname) => {
    expect(findingsWith(withDatabase({ dbname }))).toEqual([]);
  });
});
