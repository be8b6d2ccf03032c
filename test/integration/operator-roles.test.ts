import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Allowed } from '../../core/authorize.ts';
import { loadRegistry } from '../../core/registry/load.ts';
import { planSession } from '../../core/session.ts';
import { assumeRole } from '../../local/aws/assume-role.ts';
import { credentialStore } from '../../local/aws/credentials.ts';
import { parsePolicyText } from '../../local/aws/iam-document.ts';
import { checkRdsToken } from '../../local/aws/rds-connect.ts';
import { defineRole, type Role } from '../../local/aws/roles.ts';
import type { AssumeRoleRequest } from '../../local/aws/sts-request.ts';
import { readRegistryFiles } from '../../operator/read-registry-files.ts';
import { roleTemplate } from '../../operator/roles/cloudformation.ts';
import { teamRoles } from '../../operator/roles/team-roles.ts';
import { aCaller } from '../builders/callers.ts';
import { countedBytes, noon } from '../unit/local/aws/a-local-aws.ts';
import { aToken } from '../unit/local/aws/an-rds-login.ts';

const vendorRoleArn = 'arn:aws:iam::999988887777:role/tokenvend-vendor-eu-west-1';

const loaded = loadRegistry(await readRegistryFiles('examples/registry'));
if (!loaded.ok) throw new Error('the example registry has errors');
const { document } = loaded;

/** What CloudFormation would make of a template, in the local IAM. */
function deploy(template: string, account: string): Role[] {
  const resources: readonly [string, Resource][] = Object.entries(parse(template).Resources);
  return resources
    .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
    .map(([id, { Properties }]) =>
      defineRole({
        arn: `arn:aws:iam::${account}:role/${Properties.RoleName}`,
        roleId: `AROA${id.slice(-8).toUpperCase()}EXAMPLE1`,
        trustPolicy: Properties.AssumeRolePolicyDocument,
        policies: resources
          .map(([, resource]) => resource)
          .filter((one) => one.Properties.Roles?.some(({ Ref }) => Ref === id))
          .map((one) => one.Properties.PolicyDocument),
      }),
    );
}

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly RoleName?: string;
    readonly AssumeRolePolicyDocument?: unknown;
    readonly PolicyDocument?: unknown;
    readonly Roles?: readonly { readonly Ref: string }[];
  };
}

const roles = new Map<string, Role>();
for (const account of ['111122223333', '444455556666']) {
  const own = teamRoles(document, { vendorRoleArn }).filter((role) => role.account === account);
  for (const role of deploy(roleTemplate(own), account)) roles.set(role.arn, role);
}

function vendorRole(arn: string): Role {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } };
  const allow = { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] };
  const role = defineRole({
    arn,
    roleId: 'AROAVENDORVENDORVEND1',
    trustPolicy: { Statement: { ...trust, Action: 'sts:AssumeRole' } },
    policies: [{ Statement: { ...allow, Resource: 'arn:aws:iam::*:role/tokenvend-*' } }],
  });
  roles.set(arn, role);
  return role;
}

/** Every way in that the registry grants. */
const grants: readonly Allowed[] = document.databases.flatMap((database) =>
  database.users.flatMap((user) =>
    user.grants.map(
      (grant): Allowed => ({
        allowed: true,
        team: grant.team,
        member: grant.member ?? 'any',
        database,
        user,
        grant,
      }),
    ),
  ),
);

const caller = aCaller();

function assumedBy(arn: string, allowed: Allowed, changes: Partial<AssumeRoleRequest> = {}) {
  const credentials = credentialStore({ clock: () => noon, random: countedBytes() });
  const session = { role: vendorRole(arn), sessionName: 'function', durationSeconds: 3600 };
  const key = credentials.issueSession(session);
  const { policy, externalId, ...plan } = planSession(caller, allowed);
  const sessionPolicy = parsePolicyText(policy, 'session');
  if (sessionPolicy === undefined) throw new Error('the session policy is malformed');
  const request = {
    ...plan,
    sessionPolicy,
    ...(externalId === undefined ? {} : { externalId }),
    ...changes,
  };
  return { credentials, key: assumeRole({ credentials, roles }, key, request) };
}

async function login(allowed: Allowed, asUser = allowed.user.name) {
  const { credentials, key } = assumedBy(vendorRoleArn, allowed);
  const { host, port, region, account, resourceIds } = allowed.database;
  const token = await aToken(key, { host, port, region, user: asUser });
  const place = { host, port, region, account, resourceIds };
  return checkRdsToken({ token, user: asUser, now: noon, credentials, roles, ...place });
}

describe('the roles that `registry roles` writes', () => {
  it.each(grants.map((grant) => [`${grant.database.name}/${grant.user.name}`, grant.team, grant]))(
    'open %s for %s',
    async (_name, _team, grant) => {
      expect(await login(grant)).toMatchObject({ ok: true });
    },
  );

  it('open no user beyond those of the registry', async () => {
    const [grant] = grants;
    if (grant === undefined) throw new Error('the example registry grants nothing');

    expect(await login(grant, 'orders_owner')).toEqual({ ok: false, reason: 'not-authorized' });
  });

  const [payments] = grants.filter(({ team }) => team === 'payments');
  if (payments === undefined) throw new Error('the example has no grant to payments');

  it.each([
    ['another role of the vendor’s account', () => assumedBy(`${vendorRoleArn}-2`, payments)],
    [
      'a role of that name in another account',
      () => assumedBy(vendorRoleArn.replace('999988887777', '111122223333'), payments),
    ],
    [
      'another external id (A14)',
      () => assumedBy(vendorRoleArn, payments, { externalId: 'guessed-external-id' }),
    ],
  ])('refuse %s', (_, attempt) => {
    expect(attempt).toThrow(expect.objectContaining({ code: 'AccessDenied' }));
  });

  it('refuse a session without a source identity', () => {
    const { sourceIdentity: _, policy: _policy, ...plan } = planSession(caller, payments);
    const credentials = credentialStore({ clock: () => noon, random: countedBytes() });
    const session = { role: vendorRole(vendorRoleArn), sessionName: 'f', durationSeconds: 3600 };
    const key = credentials.issueSession(session);

    expect(() => assumeRole({ credentials, roles }, key, plan)).toThrow(
      expect.objectContaining({ code: 'AccessDenied' }),
    );
  });
});
