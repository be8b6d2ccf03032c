/** A role of a tokens function: the output `VendorRoleArn` of one stack. */
export interface VendorRole {
  readonly arn: string;
  readonly account: string;
  readonly partition: string;
}

/** Who may assume a team's role, and on which terms. */
export interface TrustPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [TrustStatement];
}

interface TrustStatement {
  readonly Effect: 'Allow';
  readonly Principal: { readonly AWS: OneOrMore };
  readonly Action: readonly ['sts:AssumeRole', 'sts:SetSourceIdentity'];
  readonly Condition: {
    readonly ArnEquals: { readonly 'aws:PrincipalArn': OneOrMore };
    readonly StringLike: { readonly 'sts:SourceIdentity': string };
    readonly StringEquals?: { readonly 'sts:ExternalId': string };
  };
}

/** As IAM keeps it, so that one is not written as a list. */
type OneOrMore = string | readonly string[];

/**
 * The trust of a team's role in the tokens functions of one stack, or of one in each Region or account. The
 * account is the principal and the function's role a condition: a role that is named as the principal is
 * pinned to an id that changes when the stack is created anew. A session without a source identity could
 * not be traced back to its caller, so it is refused.
 */
export function trustPolicy(
  vendors: readonly VendorRole[],
  externalId: string | undefined,
): TrustPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: distinct(vendors.map(accountOf)) },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': distinct(vendors.map(({ arn }) => arn)) },
          StringLike: { 'sts:SourceIdentity': '?*' },
          ...(externalId === undefined ? {} : { StringEquals: { 'sts:ExternalId': externalId } }),
        },
      },
    ],
  };
}

const accountOf = ({ partition, account }: VendorRole): string =>
  `arn:${partition}:iam::${account}:root`;

function distinct(values: readonly string[]): OneOrMore {
  const all = [...new Set(values)].sort();
  return all.length === 1 ? all.join() : all;
}
