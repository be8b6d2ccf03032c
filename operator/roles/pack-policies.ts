import { OperatorError } from '../operator-error.ts';
import type { ConditionBlock } from './conditions.ts';
import type { ConnectPolicy } from './team-roles.ts';

/** Longest managed policy, in characters without white space (IAM User Guide, "IAM and STS quotas"). */
export const maxPolicyLength = 6_144;

/** Managed policies on one role, unless AWS has raised the account's quota (same page). */
export const maxPoliciesPerRole = 10;

/**
 * Allows `rds-db:connect` on the ARNs, in as few managed policies as hold them in their order.
 *
 * @throws OperatorError `input-invalid` for a role that would need more than {@link maxPoliciesPerRole}.
 *   Wildcards would shorten them, and would grant databases that nobody has reviewed.
 */
export function packStatements(
  role: string,
  arns: readonly string[],
  conditions: ConditionBlock,
): readonly ConnectPolicy[] {
  const policies = chunks(arns, conditions).map((chunk) => policyFor(chunk, conditions));
  if (policies.length > maxPoliciesPerRole) {
    throw new OperatorError(
      'input-invalid',
      `${role} needs ${policies.length} policies for ${arns.length} database users, and IAM attaches ` +
        `${maxPoliciesPerRole}. Split the team, or grant fewer users to it.`,
    );
  }
  return policies;
}

function policyFor(resources: readonly string[], conditions: ConditionBlock): ConnectPolicy {
  const condition = Object.keys(conditions).length === 0 ? {} : { Condition: conditions };
  const statement = { Effect: 'Allow', Action: 'rds-db:connect', Resource: resources } as const;
  return { Version: '2012-10-17', Statement: [{ ...statement, ...condition }] };
}

function chunks(arns: readonly string[], conditions: ConditionBlock): string[][] {
  const frame = JSON.stringify(policyFor([], conditions)).length;
  const found: string[][] = [];
  let length = maxPolicyLength;
  for (const arn of arns) {
    const size = JSON.stringify(arn).length + 1;
    if (length + size > maxPolicyLength) {
      found.push([]);
      length = frame;
    }
    found.at(-1)?.push(arn);
    length += size;
  }
  return found;
}
