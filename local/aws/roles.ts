import type { AccessKey } from './access-key.ts';
import { contextOf, type RequestContext } from './iam-condition.ts';
import { type Policy, parsePolicy } from './iam-document.ts';
import { type Evaluation, evaluateAll } from './iam-policy.ts';

/** An IAM role of the local AWS. */
export interface Role {
  /** `arn:aws:iam::<account>:role/<path/><name>` */
  readonly arn: string;
  /** `AROA…`; a role that is deleted and created again under the same name gets another one. */
  readonly roleId: string;
  readonly trustPolicy: Policy;
  readonly policies: readonly Policy[];
  /** The most a session may last when its role was not assumed from another; 3,600 unless told. */
  readonly maxSessionSeconds: number;
}

/** Roles by ARN. They are read at every decision, so that a change counts for sessions that exist. */
export type Roles = Pick<ReadonlyMap<string, Role>, 'get'>;

/**
 * Checks a role's documents and builds the role.
 *
 * @throws Error for a document that IAM would call malformed.
 */
export function defineRole(definition: {
  readonly arn: string;
  readonly roleId: string;
  readonly trustPolicy: unknown;
  readonly policies: readonly unknown[];
  readonly maxSessionSeconds?: number;
}): Role {
  const trustPolicy = parsePolicy(definition.trustPolicy, 'trust');
  const policies = definition.policies.map((document) => parsePolicy(document, 'identity'));
  const whole = policies.filter((policy) => policy !== undefined);
  if (trustPolicy === undefined || whole.length !== policies.length) {
    throw new Error(`a policy document of ${definition.arn} is malformed`);
  }
  const { arn, roleId, maxSessionSeconds = 3600 } = definition;
  return { arn, roleId, trustPolicy, policies: whole, maxSessionSeconds };
}

/**
 * What IAM says to an action by the holder of a key: the user's policies, or the role's as far as the
 * session policy leaves them. A session whose role is gone, or was created anew, may do nothing.
 */
export function isAuthorized(
  key: AccessKey,
  roles: Roles,
  request: {
    readonly action: string;
    readonly resource: string;
    readonly context?: RequestContext;
  },
): Evaluation {
  const context = new Map([...(request.context ?? []), ...principalContext(key)]);
  return evaluateAll(policySetsOf(key, roles), { ...request, context });
}

/** The condition keys that follow from who is asking. */
export function principalContext(key: AccessKey): RequestContext {
  const { principal } = key;
  return contextOf({
    'aws:PrincipalArn': principal.principalArn,
    'aws:PrincipalAccount': principal.account,
    'aws:userid': principal.userId,
    'aws:SourceIdentity': principal.sourceIdentity,
    'aws:TokenIssueTime': key.kind === 'session' ? key.issuedAt.toISOString() : undefined,
  });
}

function policySetsOf(key: AccessKey, roles: Roles): (readonly Policy[])[] {
  if (key.kind === 'user') return [key.policies];
  const role = roles.get(key.principal.principalArn);
  if (role === undefined || !key.principal.userId.startsWith(`${role.roleId}:`)) return [];
  return key.sessionPolicy === undefined ? [role.policies] : [role.policies, [key.sessionPolicy]];
}
