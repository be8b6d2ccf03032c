import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { listVersions } from '../../operator/registry-versions.ts';
import { teamRoles } from '../../operator/roles/team-roles.ts';
import { runCli } from '../builders/cli.ts';
import { aDynamodb } from '../builders/dynamodb.ts';
import { aCompiledRegistry, aRegistryFile } from '../builders/registry-files.ts';
import { type Answers, type AwsStandIn, startAwsStandIn } from './support/aws-stand-in.ts';

const vendorRoleArn = 'arn:aws:iam::999988887777:role/tokenvend-vendor-eu-west-1';
const [role] = teamRoles(aCompiledRegistry(), { vendorRoleArn });
if (role === undefined) throw new Error('the registry of the test needs no role');

const encoded = (document: unknown) => encodeURIComponent(JSON.stringify(document));

const instance = (name: string, id: string) => `<DBInstance>
  <DBInstanceIdentifier>${name}</DBInstanceIdentifier><DbiResourceId>${id}</DbiResourceId>
  <Engine>postgres</Engine><EngineVersion>16.4</EngineVersion><DBName>${name}</DBName>
  <Endpoint><Address>${name}.c9akciq32abc.eu-west-1.rds.amazonaws.com</Address><Port>5432</Port></Endpoint>
  <IAMDatabaseAuthenticationEnabled>true</IAMDatabaseAuthenticationEnabled>
  <CACertificateIdentifier>rds-ca-rsa2048-g1</CACertificateIdentifier>
  <EnabledCloudwatchLogsExports><member>iam-db-auth-error</member></EnabledCloudwatchLogsExports>
</DBInstance>`;

const orders = instance('orders', 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ');

const asRegistered: Answers = {
  GetCallerIdentity: '<Arn>arn</Arn><UserId>AIDA</UserId><Account>111122223333</Account>',
  DescribeDBInstances: `<DBInstances>${orders}</DBInstances>`,
  DescribeDBClusters: '<DBClusters/>',
  DescribeDBProxies: '<DBProxies/>',
  DescribeDBProxyEndpoints: '<DBProxyEndpoints/>',
  GetRole: `<Role><Path>/</Path><RoleName>${role.name}</RoleName><RoleId>AROA</RoleId><Arn>${role.arn}</Arn>
    <CreateDate>2026-01-01T00:00:00Z</CreateDate>
    <AssumeRolePolicyDocument>${encoded(role.trust)}</AssumeRolePolicyDocument></Role>`,
  ListAttachedRolePolicies: '<AttachedPolicies/><IsTruncated>false</IsTruncated>',
  ListRolePolicies:
    '<PolicyNames><member>users</member></PolicyNames><IsTruncated>false</IsTruncated>',
  GetRolePolicy: `<RoleName>${role.name}</RoleName><PolicyName>users</PolicyName>
    <PolicyDocument>${encoded(role.policies[0])}</PolicyDocument>`,
};

let folder: string;
let standIn: AwsStandIn | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-drift-'));
  await writeFile(join(folder, 'registry.yaml'), aRegistryFile().text);
});
afterEach(async () => {
  await standIn?.close();
  await rm(folder, { recursive: true });
});

/** Credentials come from the process, as the SDK reads them; endpoints from the CLI's own environment. */
async function registry(
  verb: string,
  answers: Answers,
  flags: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
) {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'planted-secret-key');
  vi.stubEnv('AWS_PROFILE', undefined);
  standIn = await startAwsStandIn(answers);
  const { url } = standIn;
  const endpoints = { STS: url, IAM: url, RDS: url };
  const named = Object.entries(endpoints).map(([name, to]) => [`AWS_ENDPOINT_URL_${name}`, to]);
  const env = { ...more, ...Object.fromEntries(named) };
  return runCli(['registry', verb, folder, ...flags], { env });
}

describe('tokenvend registry drift, over HTTP', () => {
  const flags = ['--vendor-role', vendorRoleArn];

  it('ends in 0 where account and registry agree, after calls that only read', async () => {
    const outcome = await registry('drift', asRegistered, flags);

    expect(outcome).toEqual({ code: 0, out: 'account 111122223333, eu-west-1\n', err: '' });
    expect(standIn?.calls).toHaveLength(9);
    expect(standIn?.calls.filter((call) => !/^(?:Get|List|Describe)/.test(call))).toEqual([]);
  });

  it('ends in 2 where a login would be refused', async () => {
    const off = orders.replace('>true<', '>false<');
    const answers = { ...asRegistered, DescribeDBInstances: `<DBInstances>${off}</DBInstances>` };

    const { code, out } = await registry('drift', answers, ['--json']);

    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      differences: [{ kind: 'iam-authentication-off', of: 'database orders' }],
    });
  });

  it.each([
    [0, []],
    [2, ['--strict']],
  ])('ends in %i for a warning with %j', async (code, strict) => {
    const silent = orders.replace('<member>iam-db-auth-error</member>', '');
    const answers = {
      ...asRegistered,
      DescribeDBInstances: `<DBInstances>${silent}</DBInstances>`,
    };

    expect(await registry('drift', answers, strict)).toMatchObject({ code });
  });

  it('ends in 4 where AWS refuses, without its message', async () => {
    const { code, err } = await registry('drift', { ...asRegistered, DescribeDBInstances: 403 });

    expect(code).toBe(4);
    expect(err).not.toContain('planted');
  });
});

describe('tokenvend registry import, over HTTP', () => {
  it('writes an entry for what the registry lacks', async () => {
    const both = `<DBInstances>${orders}${instance('stock', 'db-STOCK')}</DBInstances>`;

    const { code, out } = await registry('import', { ...asRegistered, DescribeDBInstances: both });

    expect(code).toBe(0);
    expect(parse(out).databases).toEqual({
      stock: {
        engine: 'postgres',
        host: 'stock.c9akciq32abc.eu-west-1.rds.amazonaws.com',
        port: 5432,
        region: 'eu-west-1',
        account: '111122223333',
        resourceId: 'db-STOCK',
        dbname: 'stock',
        users: {},
      },
    });
  });
});

describe('tokenvend registry publish --verify, over HTTP', () => {
  const publish = async (answers: Answers) => {
    const dynamodb = await aDynamodb();
    onTestFinished(() => dynamodb.close());
    const args = ['--registry-table', dynamodb.table.table, '--region', 'eu-west-1', '--verify'];
    const outcome = await registry('publish', answers, args, dynamodb.env);
    return { ...outcome, versions: await listVersions(dynamodb.table) };
  };

  it('publishes what the deployed roles allow', async () => {
    const { code, versions } = await publish(asRegistered);

    expect(code).toBe(0);
    expect(versions).toHaveLength(1);
  });

  it('publishes nothing of what they do not', async () => {
    const GetRolePolicy = `<RoleName>${role.name}</RoleName><PolicyName>users</PolicyName>
      <PolicyDocument>${encoded({ Version: '2012-10-17', Statement: [] })}</PolicyDocument>`;

    const { code, out, err, versions } = await publish({ ...asRegistered, GetRolePolicy });

    expect({ code, out, versions }).toEqual({ code: 2, out: '', versions: [] });
    expect(err).toContain('[user-not-allowed]\nNothing is published.\n');
  });

  it('publishes nothing where AWS does not let it look', async () => {
    const { code, versions } = await publish({ ...asRegistered, GetRole: 403 });

    expect({ code, versions }).toEqual({ code: 4, versions: [] });
  });
});
