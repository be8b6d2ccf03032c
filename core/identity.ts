import type { ClaimValue } from './registry/model.ts';

/** Who is asking, as proven by the authorizer (JWT) or by API Gateway itself (SigV4). */
export type Identity = JwtIdentity | IamIdentity;

export interface JwtIdentity {
  readonly kind: 'jwt';
  /** The issuer's URL, as in `iss`. */
  readonly issuer: string;
  readonly subject: string;
  /** Only the claims that the registry reads, by the key it reads them with. */
  readonly claims: ReadonlyMap<string, ClaimValue>;
  readonly expiresAt: Date;
  /** For the audit record only. */
  readonly evidence: JwtEvidence;
}

export interface JwtEvidence {
  readonly kid?: string;
  readonly jti?: string;
  readonly auditClaims: Readonly<Record<string, string>>;
}

export interface IamIdentity {
  readonly kind: 'iam';
  readonly account: string;
  readonly principal: 'role' | 'user';
  readonly principalName: string;
  /** `AROA…` of the role or `AIDA…` of the user. */
  readonly uniqueId: string;
  /** Chosen by the caller: recorded, never matched. Absent for a user. */
  readonly sessionName?: string;
}

/** Clock difference allowed between an issuer and us. RFC 7519 section 4.1.4: "no more than a few minutes". */
export const leewaySeconds = 30;

/** Whether the identity's own proof has run out; API Gateway may have cached the authorizer's answer. */
export function isExpired(identity: Identity, now: Date): boolean {
  return (
    identity.kind === 'jwt' && now.getTime() >= identity.expiresAt.getTime() + leewaySeconds * 1000
  );
}

/** A stable text that names the principal: the same for every session and token of one caller. */
export function principalOf(identity: Identity): string {
  return identity.kind === 'jwt'
    ? identity.subject
    : `${identity.principal}/${identity.principalName}`;
}

/** One string per caller, without collisions: the key of caches and limits. */
export function callerKey(identity: Identity): string {
  return identity.kind === 'jwt'
    ? JSON.stringify(['jwt', identity.issuer, identity.subject])
    : JSON.stringify(['iam', identity.account, identity.principal, identity.principalName]);
}
