import type { Allowed } from '../../core/authorize.ts';
import type {
  Database,
  DatabaseUser,
  Grant,
  IamMember,
  JwtMember,
} from '../../core/registry/model.ts';
import type { RegistrySlice } from '../../core/registry/store.ts';
import { issuerUrl } from './callers.ts';

/** A member entry that admits `aCaller()`. */
export function aMember(parts: Partial<Omit<JwtMember, 'kind'>> = {}): JwtMember {
  return {
    kind: 'jwt',
    team: 'payments',
    name: 'api-pods',
    issuerName: 'prod-cluster',
    issuer: issuerUrl,
    subject: { exact: 'system:serviceaccount:payments:api' },
    claims: [],
    ...parts,
  };
}

/** A member entry with claim conditions and no subject. */
export function aClaimsMember(
  claims: JwtMember['claims'],
  parts: Partial<Omit<JwtMember, 'kind' | 'claims' | 'subject'>> = {},
): JwtMember {
  const { subject: _, ...rest } = aMember(parts);
  return { ...rest, claims };
}

/** A member entry that admits `anIamCaller()`. */
export function anIamMember(parts: Partial<Omit<IamMember, 'kind'>> = {}): IamMember {
  return {
    kind: 'iam',
    team: 'payments',
    name: 'nightly',
    account: '111122223333',
    principal: 'role',
    principalName: 'payments-nightly',
    ...parts,
  };
}

export function aGrant(parts: Partial<Grant> = {}): Grant {
  return {
    team: 'payments',
    roleArn: 'arn:aws:iam::111122223333:role/tokenvend-payments',
    ...parts,
  };
}

export function aUser(parts: Partial<DatabaseUser> = {}): DatabaseUser {
  return { name: 'orders_app', grants: [aGrant()], ...parts };
}

export function aDatabase(parts: Partial<Database> = {}): Database {
  return {
    name: 'orders',
    engine: 'postgres',
    host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
    port: 5432,
    region: 'eu-west-1',
    partition: 'aws',
    account: '111122223333',
    resourceIds: ['db-ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    dbname: 'orders',
    caBundle: 'eu-west-1',
    users: [aUser()],
    ...parts,
  };
}

/** What the registry says to `aCaller()` who wants `orders`. */
export function aSlice(parts: Partial<RegistrySlice> = {}): RegistrySlice {
  return {
    version: 'v7',
    members: [aMember()],
    database: aDatabase(),
    suspensions: new Set(),
    ...parts,
  };
}

/** A decision to let `aCaller()` into `orders` as `orders_app`. */
export function anAllowed(parts: Partial<Omit<Allowed, 'allowed'>> = {}): Allowed {
  return {
    allowed: true,
    team: 'payments',
    member: 'api-pods',
    database: aDatabase(),
    user: aUser(),
    grant: aGrant(),
    ...parts,
  };
}
