import type { Role } from './aws/roles.ts';
import { defineRole } from './aws/roles.ts';

/**
 * The organization that the local stack serves: one platform account, one account with databases,
 * two teams, three issuers. Account ids are AWS's own example ids.
 */
export const region = 'eu-west-1';
export const platformAccount = '999900001111';
export const databaseAccount = '111122223333';

export const ordersDatabase = {
  name: 'orders',
  host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
  resourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  users: ['orders_app', 'orders_deploy', 'engineer_1', 'orders_batch'],
} as const;

/** Served where MariaDB was asked for. */
export const ledgerDatabase = {
  name: 'ledger',
  host: 'ledger.c9akciq32abc.eu-west-1.rds.amazonaws.com',
  resourceId: 'db-ZYXWVUTSRQPONMLKJIHGFEDCBA',
  users: ['ledger_app', 'ledger_deploy', 'ledger_batch'],
} as const;

export const subjects = {
  ordersPod: 'system:serviceaccount:payments:api',
  billingPod: 'system:serviceaccount:billing:batch',
  engineer: 'engineer-1@example.com',
} as const;

export const repositoryId = '123456789';
export const externalId = '3f1c8a52-tokenvend-payments';

const vendorRole = `arn:aws:iam::${platformAccount}:role/tokenvend-vendor-${region}`;
const paymentsRole = `arn:aws:iam::${databaseAccount}:role/tokenvend-payments`;
const billingRole = `arn:aws:iam::${databaseAccount}:role/tokenvend-billing`;
const nightlyRole = `arn:aws:iam::${databaseAccount}:role/payments-nightly`;

/** The registry, as the platform team would write it. */
export function registryText(urls: {
  readonly kubernetes: string;
  readonly github: string;
  readonly workforce: string;
  readonly audience: string;
  readonly databasePort: number;
  readonly ledgerPort?: number;
}): string {
  const issuer = (name: string, url: string, rest = ''): string =>
    `  ${name}:\n    url: ${url}\n    audiences: [${urls.audience}]\n    jwksUri: ${url}/keys\n${rest}`;
  return `# The local stack's registry. Edit it while the stack runs: changes count within a second.
version: 1
issuers:
${issuer('prod-cluster', urls.kubernetes)}${issuer(
  'github',
  urls.github,
  '    pin: [repository_id]\n    auditClaims: [run_id, actor, jti]\n',
)}${issuer('workforce', urls.workforce)}teams:
  payments:
    owner: payments@example.com
    roles: [${paymentsRole}]
    externalId: ${externalId}
    members:
      api-pods:   { issuer: prod-cluster, subject: "${subjects.ordersPod}" }
      deployment: { issuer: github, claims: { repository_id: "${repositoryId}", ref: refs/heads/main } }
      engineer-1: { issuer: workforce, subject: ${subjects.engineer} }
      nightly:    { iamRole: "${nightlyRole}" }
  billing:
    owner: billing@example.com
    roles: [${billingRole}]
    members:
      batch-pods: { issuer: prod-cluster, subject: "${subjects.billingPod}" }
databases:
  ${ordersDatabase.name}:
    engine: postgres
    host: ${ordersDatabase.host}
    port: ${urls.databasePort}
    region: ${region}
    account: "${databaseAccount}"
    resourceId: ${ordersDatabase.resourceId}
    dbname: ${ordersDatabase.name}
    users:
      orders_app:    { members: [payments/api-pods] }
      orders_deploy: { members: [payments/deployment] }
      engineer_1:    { members: [payments/engineer-1], vendFromCidrs: [127.0.0.0/8] }
      orders_batch:  { members: [payments/nightly] }
${urls.ledgerPort === undefined ? '' : ledgerText(urls.ledgerPort)}`;
}

function ledgerText(port: number): string {
  return `  ${ledgerDatabase.name}:
    engine: mariadb
    host: ${ledgerDatabase.host}
    port: ${port}
    region: ${region}
    account: "${databaseAccount}"
    resourceId: ${ledgerDatabase.resourceId}
    dbname: ${ledgerDatabase.name}
    users:
      ledger_app:    { members: [payments/api-pods] }
      ledger_deploy: { members: [payments/deployment] }
      ledger_batch:  { members: [payments/nightly] }
`;
}

/** The roles of both accounts, with the trust that tokenvend's documentation asks for. */
export function organizationRoles(): ReadonlyMap<string, Role> {
  const roles = [
    defineRole({
      arn: vendorRole,
      roleId: 'AROAVENDORVENDORVEND2',
      trustPolicy: lambdaTrust,
      policies: [vendorPolicy],
    }),
    teamRole(paymentsRole, 'AROAPAYMENTSPAYMENTS2', [ordersDatabase, ledgerDatabase], externalId),
    teamRole(billingRole, 'AROABILLINGBILLINGBI2', []),
    defineRole({
      arn: nightlyRole,
      roleId: 'AROANIGHTLYNIGHTLYNI2',
      trustPolicy: lambdaTrust,
      policies: [],
    }),
  ];
  return new Map(roles.map((role) => [role.arn, role]));
}

const lambdaTrust = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
};

const vendorPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      Resource: `arn:aws:iam::${databaseAccount}:role/tokenvend-*`,
    },
  ],
};

function teamRole(
  arn: string,
  roleId: string,
  databases: readonly { readonly resourceId: string; readonly users: readonly string[] }[],
  requiredExternalId?: string,
): Role {
  const equals = {
    'aws:PrincipalArn': vendorRole,
    ...(requiredExternalId === undefined ? {} : { 'sts:ExternalId': requiredExternalId }),
  };
  const allUsers = `arn:aws:rds-db:${region}:${databaseAccount}:dbuser`;
  const connect = {
    Effect: 'Allow',
    Action: 'rds-db:connect',
    Resource: databases.flatMap(({ resourceId, users }) =>
      users.map((user) => `${allUsers}:${resourceId}/${user}`),
    ),
  };
  return defineRole({
    arn,
    roleId,
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${platformAccount}:root` },
          Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
          Condition: { StringEquals: equals, Null: { 'sts:SourceIdentity': 'false' } },
        },
      ],
    },
    policies: databases.length === 0 ? [] : [{ Version: '2012-10-17', Statement: [connect] }],
  });
}

/** The roles whose sessions the stack hands out by itself. */
export const roleArns = {
  vendor: vendorRole,
  nightly: nightlyRole,
  payments: paymentsRole,
} as const;
