import type { PrincipalArn } from '../../core/registry/arn.ts';

/** Who may assume a team's role, and on which terms. */
export interface TrustPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [TrustStatement];
}

interface TrustStatement {
  readonly Effect: 'Allow';
  readonly Principal: { readonly AWS: string };
  readonly Action: readonly ['sts:AssumeRole', 'sts:SetSourceIdentity'];
  readonly Condition: {
    readonly ArnEquals: { readonly 'aws:PrincipalArn': string };
    readonly StringLike: { readonly 'sts:SourceIdentity': string };
    readonly StringEquals?: { readonly 'sts:ExternalId': string };
  };
}

/**
 * The trust of a team's role. The account is the principal and the function's role a condition: a role
 * that is named as the principal is pinned to an id that changes when the stack is created anew. A
 * session without a source identity could not be traced back to its caller, so it is refused.
 */
export function trustPolicy(
  vendorRoleArn: string,
  { account, partition }: PrincipalArn,
  externalId: string | undefined,
): TrustPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': vendorRoleArn },
          StringLike: { 'sts:SourceIdentity': '?*' },
          ...(externalId === undefined ? {} : { StringEquals: { 'sts:ExternalId': externalId } }),
        },
      },
    ],
  };
}
