import type { AccessKey, SessionKey } from './access-key.ts';
import type { CredentialStore } from './credentials.ts';
import { contextOf, type RequestContext } from './iam-condition.ts';
import { evaluate } from './iam-policy.ts';
import { isAuthorized, principalContext, type Role, type Roles } from './roles.ts';
import { StsError } from './sts-error.ts';
import type { AssumeRoleRequest } from './sts-request.ts';

/** Where roles are found and sessions are issued. */
export interface AssumeRoleDependencies {
  readonly credentials: Pick<CredentialStore, 'issueSession'>;
  readonly roles: Roles;
}

/**
 * Assumes a role for a caller who has been authenticated.
 *
 * Both sides must agree: the caller's own policies, and the role's trust policy. That is AWS's rule
 * for a trust policy that names an account, which is the only kind tokenvend writes; where one names
 * a role of its own account AWS would ask the trust policy alone.
 *
 * @throws StsError `AccessDenied`, for a role that does not exist as well; `ValidationError` when the
 *   session would last longer than the role or chaining allows.
 */
export function assumeRole(
  { credentials, roles }: AssumeRoleDependencies,
  caller: AccessKey,
  request: AssumeRoleRequest,
): SessionKey {
  const sourceIdentity = sourceIdentityOf(caller, request);
  const role = roles.get(request.roleArn);
  if (role === undefined) throw denied(caller, 'sts:AssumeRole', request.roleArn);
  const refused = actionsOf(request).find(
    (action) => !mayAssume(role, roles, caller, action, request),
  );
  if (refused !== undefined) throw denied(caller, refused, role.arn);
  checkDuration(role, caller, request);
  const { sessionPolicy } = request;
  return credentials.issueSession({
    role,
    sessionName: request.roleSessionName,
    durationSeconds: request.durationSeconds,
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...(sessionPolicy === undefined ? {} : { sessionPolicy }),
  });
}

/** Setting a source identity is a right of its own, needed on both sides. */
function actionsOf({ sourceIdentity }: AssumeRoleRequest): string[] {
  return sourceIdentity === undefined
    ? ['sts:AssumeRole']
    : ['sts:AssumeRole', 'sts:SetSourceIdentity'];
}

function mayAssume(
  role: Role,
  roles: Roles,
  caller: AccessKey,
  action: string,
  request: AssumeRoleRequest,
): boolean {
  const resource = role.arn;
  const context = requestContext(caller, request);
  const { account, arn, principalArn } = caller.principal;
  const principal = { kind: 'aws' as const, account, arns: [principalArn, arn] };
  return (
    isAuthorized(caller, roles, { action, resource, context }).allowed &&
    evaluate([role.trustPolicy], { action, resource, context, principal }).allowed
  );
}

function requestContext(caller: AccessKey, request: AssumeRoleRequest): RequestContext {
  return new Map([
    ...principalContext(caller),
    ...contextOf({
      'sts:RoleSessionName': request.roleSessionName,
      'sts:ExternalId': request.externalId,
      'sts:SourceIdentity': request.sourceIdentity,
    }),
  ]);
}

/** A source identity survives chaining unchanged: a caller that has one cannot take another. */
function sourceIdentityOf(caller: AccessKey, request: AssumeRoleRequest): string | undefined {
  const inherited = caller.principal.sourceIdentity;
  const { sourceIdentity = inherited } = request;
  if (inherited !== undefined && sourceIdentity !== inherited) {
    throw denied(caller, 'sts:SetSourceIdentity', request.roleArn);
  }
  return sourceIdentity;
}

/** Under role chaining a session lasts an hour at most (STS API Reference, AssumeRole, DurationSeconds). */
const maxChainedSeconds = 3600;

function checkDuration(role: Role, caller: AccessKey, request: AssumeRoleRequest): void {
  const limit = caller.kind === 'session' ? maxChainedSeconds : role.maxSessionSeconds;
  if (request.durationSeconds > limit) {
    throw new StsError(
      'ValidationError',
      `The requested DurationSeconds exceeds the ${limit} seconds that this caller may have.`,
    );
  }
}

function denied(caller: AccessKey, action: string, roleArn: string): StsError {
  const message = `User: ${caller.principal.arn} is not authorized to perform: ${action} on resource: ${roleArn}`;
  return new StsError('AccessDenied', message);
}
