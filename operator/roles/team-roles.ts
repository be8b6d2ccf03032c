import { readPrincipalArn } from '../../core/registry/arn.ts';
import type { RegistryDocument } from '../../core/registry/model.ts';
import { OperatorError } from '../operator-error.ts';
import { userArns } from '../user-arn.ts';
import type { ConditionBlock } from './conditions.ts';
import { packStatements } from './pack-policies.ts';
import { type TrustPolicy, trustPolicy, type VendorRole } from './trust-policy.ts';

/** A team's role in one account, as IAM should have it. */
export interface TeamRole {
  readonly account: string;
  readonly partition: string;
  readonly name: string;
  readonly arn: string;
  /** More than one where teams share it. */
  readonly teams: readonly string[];
  readonly trust: TrustPolicy;
  /** Managed policies; together they allow `rds-db:connect` on exactly the registry's ARNs. */
  readonly policies: readonly ConnectPolicy[];
}

export interface ConnectPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [ConnectStatement];
}

export interface ConnectStatement {
  readonly Effect: 'Allow';
  readonly Action: 'rds-db:connect';
  readonly Resource: readonly string[];
  readonly Condition?: ConditionBlock;
}

export interface RoleOptions {
  /**
   * ARN of the tokens function's role, the stack's output `VendorRoleArn`; of several stacks with commas
   * between. A role trusts those of its own partition: no other can reach it.
   */
  readonly vendorRoleArn: string;
  /** Only the roles of this account. */
  readonly account?: string | undefined;
  /** Further conditions for logging in. */
  readonly conditions?: ConditionBlock;
}

/**
 * The roles that a registry needs, by account and name.
 *
 * @throws OperatorError `input-invalid` for a vendor role that is none, for a role without a vendor role in
 *   its partition, and for one whose users do not fit into as many policies as IAM attaches.
 */
export function teamRoles(document: RegistryDocument, options: RoleOptions): readonly TeamRole[] {
  const vendors = readVendors(options.vendorRoleArn);
  return [...needs(document)]
    .filter(([, { account }]) => account === (options.account ?? account))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([arn, need]) => roleFor(arn, need, vendors, options));
}

function roleFor(
  arn: string,
  { account, users, grants }: Need,
  vendors: readonly VendorRole[],
  { conditions = {} }: RoleOptions,
): TeamRole {
  const role = readPrincipalArn(arn);
  const own = vendors.filter(({ partition }) => partition === role?.partition);
  if (role === undefined || own.length === 0) throw invalid(`${arn} ${noVendor}`);
  const [externalId, ...others] = new Set(grants.values());
  if (others.length > 0) {
    throw invalid(`The teams that share ${arn} have different external ids; give them one.`);
  }
  return {
    account,
    partition: role.partition,
    name: role.name,
    arn,
    teams: [...grants.keys()].sort(),
    trust: trustPolicy(own, externalId),
    policies: packStatements(role.name, [...users].sort(), conditions),
  };
}

const noVendor =
  'is in another partition than the tokens function’s role: give --vendor-role one of that partition too.';

interface Need {
  readonly account: string;
  readonly users: Set<string>;
  /** The external id of each team that uses the role. */
  readonly grants: Map<string, string | undefined>;
}

/** By role ARN, whatever is granted through it. */
function needs(document: RegistryDocument): Map<string, Need> {
  const found = new Map<string, Need>();
  for (const database of document.databases) {
    for (const user of database.users) {
      for (const grant of user.grants) {
        const need = found.get(grant.roleArn) ?? noNeed(database.account);
        for (const arn of userArns(database, user.name)) need.users.add(arn);
        need.grants.set(grant.team, grant.externalId);
        found.set(grant.roleArn, need);
      }
    }
  }
  return found;
}

const noNeed = (account: string): Need => ({ account, users: new Set(), grants: new Map() });

/** A role's name may hold commas, but neither `:` nor a space, so that one before `arn:` separates. */
const readVendors = (arns: string): readonly VendorRole[] =>
  arns
    .trim()
    .split(/,\s*(?=arn:)/)
    .map(readVendor);

function readVendor(arn: string): VendorRole {
  const vendor = readPrincipalArn(arn);
  if (vendor?.kind !== 'role')
    throw invalid('Give --vendor-role the ARN of a role: the output VendorRoleArn of the stack.');
  return { arn, account: vendor.account, partition: vendor.partition };
}

const invalid = (message: string): OperatorError => new OperatorError('input-invalid', message);
