import { createHash } from 'node:crypto';
import { type CredentialStore, credentialStore } from '../../../../local/aws/credentials.ts';
import { type Policy, parsePolicy } from '../../../../local/aws/iam-document.ts';
import { defineRole, type Role } from '../../../../local/aws/roles.ts';

export const account = '111122223333';
export const region = 'eu-west-1';
export const noon = new Date('2026-01-01T12:00:00Z');
export const functionRoleArn = `arn:aws:iam::${account}:role/platform/tokenvend-tokens`;
export const teamRoleArn = `arn:aws:iam::${account}:role/tokenvend-payments`;
export const resourceId = 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const userArn = `arn:aws:rds-db:${region}:${account}:dbuser:${resourceId}/orders_app`;

/** The trust policy of a team's role, as the design describes it. */
export const teamTrust = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': functionRoleArn },
      StringEquals: { 'sts:ExternalId': 'payments-external-id' },
      Null: { 'sts:SourceIdentity': 'false' },
    },
  },
};

export function allow(action: string, resource: string | readonly string[]): unknown {
  return {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: action, Resource: resource },
  };
}

export function aPolicy(
  document: unknown,
  kind: 'identity' | 'session' | 'trust' = 'identity',
): Policy {
  const policy = parsePolicy(document, kind);
  if (policy === undefined) throw new Error('the test wrote a malformed policy');
  return policy;
}

/** Bytes that differ from draw to draw and not from run to run. */
export function countedBytes(): (size: number) => Uint8Array {
  let draws = 0;
  return (size) => {
    const blocks: Buffer[] = [];
    for (let block = 0; block * 32 < size; block++) {
      blocks.push(createHash('sha256').update(`${draws}/${block}`).digest());
    }
    draws++;
    return Buffer.concat(blocks).subarray(0, size);
  };
}

export interface LocalAws {
  /** What the injected clock shows. */
  now: Date;
  readonly credentials: CredentialStore;
  readonly roles: Map<string, Role>;
}

/** A clock at noon, the tokens function's role, and one team's role. */
export function aLocalAws(
  options: { readonly trust?: unknown; readonly teamPolicies?: readonly unknown[] } = {},
): LocalAws {
  const aws: LocalAws = {
    now: noon,
    credentials: credentialStore({ clock: () => aws.now, random: countedBytes() }),
    roles: new Map(),
  };
  const functionRole = defineRole({
    arn: functionRoleArn,
    roleId: 'AROAFUNCTIONFUNCTION1',
    trustPolicy: {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    },
    policies: [
      {
        Statement: {
          Effect: 'Allow',
          Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
          Resource: `arn:aws:iam::${account}:role/tokenvend-*`,
        },
      },
    ],
  });
  const teamRole = defineRole({
    arn: teamRoleArn,
    roleId: 'AROATEAMTEAMTEAMTEAM1',
    trustPolicy: options.trust ?? teamTrust,
    policies: options.teamPolicies ?? [allow('rds-db:connect', userArn)],
  });
  for (const role of [functionRole, teamRole]) aws.roles.set(role.arn, role);
  return aws;
}

export function roleOf(aws: LocalAws, arn: string): Role {
  const role = aws.roles.get(arn);
  if (role === undefined) throw new Error('the test asked for a role that it did not define');
  return role;
}
