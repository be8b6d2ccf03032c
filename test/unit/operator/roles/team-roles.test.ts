import { describe, expect, it } from 'vitest';
import { connectConditions } from '../../../../operator/roles/conditions.ts';
import { maxPolicyLength } from '../../../../operator/roles/pack-policies.ts';
import { teamRoles } from '../../../../operator/roles/team-roles.ts';
import { aCompiledRegistry, withDatabase, withUser } from '../../../builders/registry-files.ts';

const vendorRoleArn = 'arn:aws:iam::999988887777:role/tokenvend-vendor-eu-west-1';

type Changes = Parameters<typeof aCompiledRegistry>[0];

const rolesOf = (changes: Changes = {}) => teamRoles(aCompiledRegistry(changes), { vendorRoleArn });

const resourcesOf = (role: ReturnType<typeof rolesOf>[number] | undefined) =>
  role?.policies.map(({ Statement: [statement] }) => statement.Resource) ?? [];

const manyUsers = (count: number): Changes =>
  withDatabase({
    users: Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`user_${at}`, { teams: ['payments'] }]),
    ),
  });

/** A team with databases in AWS and in the European Sovereign Cloud. */
const inTwoPartitions: Changes = {
  teams: {
    payments: {
      roles: [
        'arn:aws:iam::111122223333:role/tokenvend-payments',
        'arn:aws-eusc:iam::555566667777:role/tokenvend-payments',
      ],
    },
  },
  databases: {
    sovereign: {
      engine: 'postgres',
      host: 'sovereign.c9akciq32abc.eusc-de-east-1.rds.amazonaws.eu',
      port: 5432,
      region: 'eusc-de-east-1',
      account: '555566667777',
      resourceId: 'db-SOVEREIGN',
      users: { orders_app: { teams: ['payments'] } },
    },
  },
};

describe('teamRoles', () => {
  it('trusts the account on condition of the role, the external id and a source identity', () => {
    const [role] = rolesOf();

    expect(role?.trust.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::999988887777:root' },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': vendorRoleArn },
          StringLike: { 'sts:SourceIdentity': '?*' },
          StringEquals: { 'sts:ExternalId': '3f1c7a52-payments' },
        },
      },
    ]);
  });

  it('trusts the roles of several stacks, each account once', () => {
    const other = vendorRoleArn.replace('eu-west-1', 'eu-central-1');
    const elsewhere = vendorRoleArn.replace('999988887777', '222233334444');

    const [role] = teamRoles(aCompiledRegistry(), {
      vendorRoleArn: [vendorRoleArn, other, elsewhere].join(),
    });

    expect(role?.trust.Statement[0]).toMatchObject({
      Principal: { AWS: ['arn:aws:iam::222233334444:root', 'arn:aws:iam::999988887777:root'] },
      Condition: { ArnEquals: { 'aws:PrincipalArn': [elsewhere, other, vendorRoleArn] } },
    });
  });

  it.each([
    ['aws-eusc', 'eusc-de-east-1', 'amazonaws.eu'],
    ['aws-iso', 'us-iso-east-1', 'c2s.ic.gov'],
    ['aws-iso-b', 'us-isob-east-1', 'sc2s.sgov.gov'],
    ['aws-iso-e', 'eu-isoe-west-1', 'cloud.adc-e.uk'],
    ['aws-iso-f', 'us-isof-south-1', 'csp.hci.ic.gov'],
    ['aws-cn', 'cn-north-1', 'amazonaws.com.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'amazonaws.com'],
  ])(
    'in %s trusts the roles of its own partition, of all the accounts',
    (partition, region, suffix) => {
      const vendors = ['222233334444', '999988887777'].map(
        (account) => `arn:${partition}:iam::${account}:role/tokenvend-vendor-${region}`,
      );
      const changes = {
        teams: {
          payments: {
            roles: [`arn:${partition}:iam::111122223333:role/tokenvend-payments`],
            members: { nightly: { iamRole: `arn:${partition}:iam::111122223333:role/nightly` } },
          },
        },
        ...withDatabase({ region, host: `orders.c9akciq32abc.${region}.rds.${suffix}` }),
      };

      const [role, ...others] = teamRoles(aCompiledRegistry(changes), {
        vendorRoleArn: [vendorRoleArn, ...vendors].join(', '),
      });

      expect(others).toEqual([]);
      expect(role?.trust.Statement[0]).toMatchObject({
        Principal: {
          AWS: [
            `arn:${partition}:iam::222233334444:root`,
            `arn:${partition}:iam::999988887777:root`,
          ],
        },
        Condition: { ArnEquals: { 'aws:PrincipalArn': vendors } },
      });
      expect(resourcesOf(role)).toEqual([
        [
          `arn:${partition}:rds-db:${region}:111122223333:dbuser:db-ABCDEFGHIJKLMNOPQRSTUVWXYZ/orders_app`,
        ],
      ]);
    },
  );

  it('writes the roles of one account without the vendor role of another one’s partition', () => {
    const document = aCompiledRegistry(inTwoPartitions);

    const roles = teamRoles(document, { vendorRoleArn, account: '111122223333' });

    expect(roles.map(({ arn }) => arn)).toEqual([
      'arn:aws:iam::111122223333:role/tokenvend-payments',
    ]);
    expect(() => teamRoles(document, { vendorRoleArn })).toThrow(
      expect.objectContaining({ code: 'input-invalid' }),
    );
  });

  it('A17: allows exactly the users that are granted, each as its ARN', () => {
    const ids = ['db-BLUE', 'db-GREEN'];

    const [role] = rolesOf(withDatabase({ resourceId: ids }));

    expect(resourcesOf(role)).toEqual([
      ids.map((id) => `arn:aws:rds-db:eu-west-1:111122223333:dbuser:${id}/orders_app`),
    ]);
  });

  it('has one role where teams share it, and what each of them is granted', () => {
    const sharing = {
      teams: {
        billing: {
          roles: ['arn:aws:iam::111122223333:role/tokenvend-payments'],
          externalId: '3f1c7a52-payments',
          members: { batch: { issuer: 'cluster', subject: 'batch' } },
        },
      },
      ...withUser('billing', { teams: ['billing'] }),
    };

    const roles = rolesOf(sharing);

    expect(roles).toMatchObject([{ teams: ['billing', 'payments'] }]);
    expect(resourcesOf(roles[0]).flat()).toHaveLength(2);
  });

  it('refuses teams that share a role and not the external id: one of them would be shut out', () => {
    const roles = ['arn:aws:iam::111122223333:role/tokenvend-payments'];
    const billing = { roles, members: { batch: { issuer: 'cluster', subject: 'batch' } } };

    expect(() =>
      rolesOf({ teams: { billing }, ...withUser('billing', { teams: ['billing'] }) }),
    ).toThrow(expect.objectContaining({ code: 'input-invalid' }));
  });

  it('starts another policy where one would be too long, and loses nobody', () => {
    const [role] = rolesOf(manyUsers(150));

    const lengths = role?.policies.map((policy) => JSON.stringify(policy).length) ?? [];
    expect(lengths).toHaveLength(3);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(maxPolicyLength);
    // Full ones are full: one more ARN would not have fitted.
    expect(lengths[0]).toBeGreaterThan(maxPolicyLength - 100);
    expect(new Set(resourcesOf(role).flat()).size).toBe(151);
  });

  it('says so where ten policies cannot hold a role’s users', () => {
    expect(() => rolesOf(manyUsers(900))).toThrow(
      expect.objectContaining({ code: 'input-invalid' }),
    );
  });

  it.each([
    'arn:aws:iam::999988887777:root',
    'arn:aws:iam::999988887777:user/tokenvend',
    'arn:aws:iam::999988887777:role/*',
    'arn:aws-cn:iam::999988887777:role/tokenvend-vendor-cn-north-1',
    `${vendorRoleArn},arn:aws:iam::999988887777:root`,
  ])('refuses %s as the vendor role of this registry', (arn) => {
    expect(() => teamRoles(aCompiledRegistry(), { vendorRoleArn: arn })).toThrow(
      expect.objectContaining({ code: 'input-invalid' }),
    );
  });
});

describe('connectConditions', () => {
  it.each([
    'aws:SourceIp',
    'aws:sourceip',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:VpcSourceIp',
    'aws:UserAgent',
    'aws:Referer',
  ])('refuses %s, which RDS ignores', (key) => {
    expect(() => connectConditions([`StringEquals:${key}=x`])).toThrow(
      expect.objectContaining({ code: 'input-invalid' }),
    );
  });

  it('takes others, several values of one key together', () => {
    const block = connectConditions([
      'StringEquals:aws:PrincipalOrgID=o-1',
      'StringEquals:aws:PrincipalOrgID=o-2',
      'StringLike:aws:PrincipalTag/team=pay*',
    ]);

    expect(block).toEqual({
      StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] },
      StringLike: { 'aws:PrincipalTag/team': ['pay*'] },
    });
  });

  it.each(['', 'StringEquals', 'StringEquals:aws:PrincipalOrgID', 'aws:PrincipalOrgID=o-1'])(
    'refuses %j, which is no condition',
    (text) => {
      expect(() => connectConditions([text])).toThrow(
        expect.objectContaining({ code: 'input-invalid' }),
      );
    },
  );
});
