/** One difference between the registry and the account. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** An error refuses a login, or allows one that the registry does not; a warning may. */
  readonly severity: 'error' | 'warning';
  /** Such as `database orders` or `role tokenvend-payments`. */
  readonly of: string;
  readonly message: string;
}

export type DifferenceKind =
  | 'database-missing'
  | 'iam-authentication-off'
  | 'endpoint-differs'
  | 'port-differs'
  | 'engine-differs'
  | 'version-unsupported'
  | 'ca-unknown'
  | 'kerberos'
  | 'refusals-not-logged'
  | 'unregistered'
  | 'role-missing'
  | 'trust-differs'
  | 'user-not-allowed'
  | 'user-not-granted'
  | 'policy-unclear'
  | 'condition-ignored'
  | 'boundary';
