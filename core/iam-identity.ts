import { VendError } from './errors.ts';
import type { IamIdentity } from './identity.ts';

/** The parts of API Gateway's `requestContext.identity` that SigV4 verification fills in. */
export interface IamRequestIdentity {
  readonly accountId: string | null;
  readonly userArn: string | null;
  /** `AROA…:session` for a role, `AIDA…` for a user. */
  readonly caller: string | null;
}

const roleSession =
  /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\/([\w+=,.@-]{2,64})$/;
const iamUser = /^arn:aws[a-z-]*:iam::(\d{12}):user\/(?:[!-~]{1,510}\/)?([\w+=,.@-]{1,64})$/;

/**
 * Reads the caller of an AWS_IAM route.
 *
 * @throws VendError `UNAUTHENTICATED`: `principal-refused` for root and federated users, which no
 *   registry entry can name; `identity-unusable` for parts that contradict each other.
 */
export function iamIdentityOf(context: IamRequestIdentity): IamIdentity {
  const { accountId, userArn, caller } = context;
  if (!accountId || !userArn || !caller) {
    throw new VendError('UNAUTHENTICATED', 'identity-missing');
  }
  const identity = roleIdentity(userArn, caller) ?? userIdentity(userArn, caller);
  if (identity === undefined) throw new VendError('UNAUTHENTICATED', 'principal-refused');
  if (identity.account !== accountId) throw new VendError('UNAUTHENTICATED', 'identity-unusable');
  return identity;
}

function roleIdentity(userArn: string, caller: string): IamIdentity | undefined {
  const [, account, principalName, sessionName] = roleSession.exec(userArn) ?? [];
  if (!account || !principalName || !sessionName) return undefined;
  const uniqueId = /^(AROA[A-Z0-9]{12,124}):/.exec(caller)?.[1];
  if (uniqueId === undefined || caller !== `${uniqueId}:${sessionName}`) {
    throw new VendError('UNAUTHENTICATED', 'identity-unusable');
  }
  return { kind: 'iam', account, principal: 'role', principalName, uniqueId, sessionName };
}

function userIdentity(userArn: string, caller: string): IamIdentity | undefined {
  const [, account, principalName] = iamUser.exec(userArn) ?? [];
  if (!account || !principalName) return undefined;
  if (!/^AIDA[A-Z0-9]{12,124}$/.test(caller)) {
    throw new VendError('UNAUTHENTICATED', 'identity-unusable');
  }
  return { kind: 'iam', account, principal: 'user', principalName, uniqueId: caller };
}
