/**
 * Operational events, apart from audit records. Each has a stable code, listed with its meaning in
 * docs/errors.md; fields hold names and numbers, never a third-party error object.
 */
export const logCodes = [
  'ANSWERED_WITH_ERROR',
  'AUDIT_UNWRITABLE',
  'ISSUER_UNREACHABLE',
  'OWN_CREDENTIALS_REFUSED',
  'PROBE_FAILED',
  'REGISTRY_REJECTED',
  'REGISTRY_UNREADABLE',
  'SESSION_USED_TO_ITS_END',
  'STS_FAILED',
  'STS_REFUSED',
  'UNEXPECTED_ERROR',
] as const;
export type LogCode = (typeof logCodes)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(code: LogCode, fields?: LogFields): void;
  warn(code: LogCode, fields?: LogFields): void;
  error(code: LogCode, fields?: LogFields): void;
}

/** What is counted; the names of the CloudWatch metrics, which the template's alarms repeat. */
export const counterNames = [
  'Vended',
  'Denied',
  'Failed',
  'Unauthenticated',
  'TokenReused',
  'StsCall',
  'StsThrottled',
  'OwnCredentialsRefused',
  'SessionUsedToItsEnd',
  'RegistryStale',
  'AuditUnwritable',
] as const;
export type CounterName = (typeof counterNames)[number];

export interface Counters {
  add(name: CounterName): void;
}
