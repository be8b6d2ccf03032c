import type { Policy } from './iam-document.ts';

/** Who holds an access key, in the words of GetCallerIdentity. */
export interface Principal {
  readonly account: string;
  /** `arn:aws:iam::…:user/name`, or `arn:aws:sts::…:assumed-role/name/session`. */
  readonly arn: string;
  /** `AIDA…`, or `AROA…:session`. */
  readonly userId: string;
  /** The ARN that policies know it by (`aws:PrincipalArn`): the user's, or the role's with its path. */
  readonly principalArn: string;
  /** Without its path. Absent for a user. */
  readonly roleName?: string;
  /** Set when the first role of a chain was assumed; carried on, never changed. */
  readonly sourceIdentity?: string;
}

/** An access key that the local AWS knows, with its secrets. */
export type AccessKey = UserKey | SessionKey;

/** A key that never expires, of an IAM user. */
export interface UserKey {
  readonly kind: 'user';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly principal: Principal;
  readonly policies: readonly Policy[];
}

/** Temporary credentials of an assumed role. What the role may do is looked up when it is needed. */
export interface SessionKey {
  readonly kind: 'session';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly principal: Principal;
  readonly sessionPolicy?: Policy;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** The reading half of the store: all that verifying a signature takes. */
export interface KnownKeys {
  find(accessKeyId: string): AccessKey | undefined;
}
