import type { AuditCaller, AuditRecord } from '../../core/audit.ts';

/** Every field of a record, by the name that CloudWatch Logs Insights gives it. */
const recordFields = {
  audit: true,
  outcome: true,
  reason: true,
  vendId: true,
  requestId: true,
  time: true,
  caller: true,
  team: true,
  member: true,
  database: true,
  user: true,
  registryVersion: true,
  roleArn: true,
  roleSessionName: true,
  sourceIdentity: true,
  accessKeyId: true,
  tokenSha256: true,
  reused: true,
  expiresAt: true,
  sourceIp: true,
  userAgent: true,
} as const satisfies Record<keyof AuditRecord, true>;

const callerFields = {
  kind: true,
  issuer: true,
  account: true,
  principal: true,
  uniqueId: true,
  sessionName: true,
  kid: true,
  jti: true,
  auditClaims: true,
} as const satisfies Record<keyof AuditCaller, true>;

/** The names of all fields, those of the caller as `caller.name`. */
export const auditFields: readonly string[] = [
  ...Object.keys(recordFields),
  ...Object.keys(callerFields).map((name) => `caller.${name}`),
];
