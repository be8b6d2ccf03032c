import { describe, expect, it } from 'vitest';
import type { FoundDatabase, FoundRole } from '../../../../operator/drift/account-reader.ts';
import { drift } from '../../../../operator/drift/drift.ts';
import { teamRoles } from '../../../../operator/roles/team-roles.ts';
import { aFoundDatabase, anAccount } from '../../../builders/account.ts';
import { aCompiledRegistry, withDatabase } from '../../../builders/registry-files.ts';

const vendorRoleArn = 'arn:aws:iam::999988887777:role/tokenvend-vendor-eu-west-1';

type Differences = Awaited<ReturnType<typeof drift>>['differences'];

const kindsOf = (differences: Differences) =>
  differences.map(({ severity, kind }) => `${severity} ${kind}`);

async function differencesWith(found: Partial<FoundDatabase>, changes = {}) {
  const account = anAccount({ databases: [aFoundDatabase(found)] });
  return kindsOf((await drift(aCompiledRegistry(changes), account)).differences);
}

describe('drift of databases', () => {
  it('is none where the account is as the registry says', async () => {
    expect(await drift(aCompiledRegistry(), anAccount())).toEqual({
      account: '111122223333',
      regions: ['eu-west-1'],
      differences: [],
    });
  });

  it.each<[string, Partial<FoundDatabase>, string]>([
    ['that IAM authentication is off', { iamAuthentication: false }, 'iam-authentication-off'],
    ['another endpoint', { endpoints: [{ host: 'other', port: 5432 }] }, 'endpoint-differs'],
    [
      'another port',
      { endpoints: [{ host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com', port: 6000 }] },
      'port-differs',
    ],
    ['another engine', { engines: ['mysql'] }, 'engine-differs'],
    ['a version without IAM authentication', { engineVersion: '9.6.24' }, 'version-unsupported'],
  ])('is an error for %s', async (_, found, kind) => {
    expect(await differencesWith(found)).toEqual([`error ${kind}`]);
  });

  it.each([
    ['a CA whose root has expired', { caIdentifiers: ['rds-ca-2019'] }, 'ca-unknown'],
    ['a directory', { kerberos: true }, 'kerberos'],
    ['refusals that nothing logs', { logsRefusals: false }, 'refusals-not-logged'],
  ])('is a warning for %s', async (_, found, kind) => {
    expect(await differencesWith(found)).toEqual([`warning ${kind}`]);
  });

  it('is an error for a resource id that is gone, and says what is there instead', async () => {
    expect(await differencesWith({ resourceId: 'db-NEWNEWNEW' })).toEqual([
      'error database-missing',
      'warning unregistered',
    ]);
  });

  it('is a warning for one of two resource ids during a switch-over', async () => {
    const changes = withDatabase({ resourceId: ['db-ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'db-GREEN'] });

    expect(await differencesWith({}, changes)).toEqual(['warning database-missing']);
  });

  it('leaves out databases without IAM authentication that the registry does not know', async () => {
    const other = aFoundDatabase({ resourceId: 'db-OTHER', iamAuthentication: false });
    const account = anAccount({ databases: [aFoundDatabase(), other] });

    expect((await drift(aCompiledRegistry(), account)).differences).toEqual([]);
  });

  it('says nothing about databases of other accounts', async () => {
    const account = anAccount({ account: '444455556666', databases: [] });

    expect(await drift(aCompiledRegistry(), account)).toMatchObject({
      regions: [],
      differences: [],
    });
  });

  it('looks through further Regions when told to', async () => {
    const other = aFoundDatabase({ region: 'us-east-1', resourceId: 'db-OTHER' });
    const account = anAccount({ databases: [aFoundDatabase(), other] });

    const { differences } = await drift(aCompiledRegistry(), account, { regions: ['us-east-1'] });

    expect(kindsOf(differences)).toEqual(['warning unregistered']);
  });
});

const [wanted] = teamRoles(aCompiledRegistry(), { vendorRoleArn });
if (wanted === undefined) throw new Error('the registry of the test needs no role');
const arn = wanted.policies[0]?.Statement[0].Resource[0] ?? '';

const aFoundRole = (parts: Partial<FoundRole> = {}): FoundRole => ({
  arn: wanted.arn,
  trust: wanted.trust,
  policies: wanted.policies,
  hasBoundary: false,
  ...parts,
});

async function roleDifferences(role: FoundRole | undefined) {
  const account = anAccount({ roles: role === undefined ? {} : { [wanted?.name ?? '']: role } });
  return kindsOf((await drift(aCompiledRegistry(), account, { vendorRoleArn })).differences);
}

const allow = (statement: object) => ({
  Statement: { Effect: 'Allow', Action: 'rds-db:connect', ...statement },
});

describe('drift of roles', () => {
  it('is none for a role as `roles` writes it', async () => {
    expect(await roleDifferences(aFoundRole())).toEqual([]);
  });

  it('is none for the same in another way of writing it', async () => {
    const [statement] = wanted.trust.Statement;
    const trust = {
      Version: '2012-10-17',
      Statement: {
        Sid: 'Vendor',
        ...statement,
        Action: [...statement.Action].reverse(),
        Principal: { AWS: [statement.Principal.AWS] },
      },
    };

    expect(
      await roleDifferences(aFoundRole({ trust, policies: [allow({ Resource: [arn] })] })),
    ).toEqual([]);
  });

  it('is not looked for without the vendor’s role', async () => {
    expect((await drift(aCompiledRegistry(), anAccount())).differences).toEqual([]);
  });

  it('is an error for a role that is missing', async () => {
    expect(await roleDifferences(undefined)).toEqual(['error role-missing']);
  });

  it.each([
    ['anybody', { Principal: { AWS: '*' } }],
    ['no external id', { Condition: { ArnEquals: { 'aws:PrincipalArn': vendorRoleArn } } }],
    ['more actions', { Action: 'sts:*' }],
  ])('is an error for a trust with %s', async (_, changes) => {
    const trust = { ...wanted.trust, Statement: [{ ...wanted.trust.Statement[0], ...changes }] };

    expect(await roleDifferences(aFoundRole({ trust }))).toEqual(['error trust-differs']);
  });

  it.each([
    ['no policy', [], ['error user-not-allowed']],
    [
      'A17: a wildcard',
      [allow({ Resource: `${arn.slice(0, -3)}*` })],
      ['error user-not-allowed', 'error user-not-granted'],
    ],
    [
      'A17: every action on everything',
      [allow({ Action: '*', Resource: '*' }), allow({ Resource: arn })],
      ['error user-not-granted'],
    ],
    [
      'A17: all but one action',
      [{ Statement: { Effect: 'Allow', NotAction: 's3:*', Resource: [arn, '*'] } }],
      ['error user-not-granted'],
    ],
    [
      'a denial',
      [allow({ Resource: arn }), allow({ Effect: 'Deny', Resource: '*' })],
      ['error policy-unclear'],
    ],
    [
      'a condition that RDS ignores',
      [allow({ Resource: arn, Condition: { IpAddress: { 'aws:sourceIp': '10.0.0.0/8' } } })],
      ['error condition-ignored'],
    ],
    [
      'a resource that is left out',
      [allow({ Resource: arn }), allow({ NotResource: 'arn:aws:rds-db:*' })],
      ['error policy-unclear'],
    ],
    ['what is no policy', [allow({ Resource: arn }), undefined], ['error policy-unclear']],
  ])('is an error for permissions with %s', async (_, policies, expected) => {
    expect(await roleDifferences(aFoundRole({ policies }))).toEqual(expected);
  });

  it('says nothing about other actions', async () => {
    const logs = { Statement: { Effect: 'Allow', Action: 'logs:*', Resource: '*' } };

    expect(await roleDifferences(aFoundRole({ policies: [...wanted.policies, logs] }))).toEqual([]);
  });

  it('is a warning for a permissions boundary', async () => {
    expect(await roleDifferences(aFoundRole({ hasBoundary: true }))).toEqual(['warning boundary']);
  });
});
