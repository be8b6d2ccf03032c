import { type Identity, principalOf } from './identity.ts';
import type { DenialReason, FailureReason } from './reasons.ts';

/**
 * One record for every attempt, written before the answer leaves. Holds what identifies and never
 * what grants: no token, JWT, secret key or session token. Strings from the caller are bounded.
 */
export interface AuditRecord {
  readonly audit: 'vend';
  readonly outcome: 'vended' | 'denied' | 'failed' | 'unauthenticated';
  readonly reason?: DenialReason | FailureReason;
  readonly vendId: string;
  readonly requestId: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly caller?: AuditCaller;
  readonly team?: string;
  readonly member?: string;
  readonly database?: string;
  readonly user?: string;
  readonly registryVersion?: string;
  readonly roleArn?: string;
  readonly roleSessionName?: string;
  readonly sourceIdentity?: string;
  readonly accessKeyId?: string;
  /** Lower-case hex: finds the vend of a token that turned up somewhere. */
  readonly tokenSha256?: string;
  readonly reused?: boolean;
  readonly expiresAt?: string;
  readonly sourceIp?: string;
  readonly userAgent?: string;
}

export interface AuditCaller {
  readonly kind: 'jwt' | 'iam';
  readonly issuer?: string;
  readonly account?: string;
  readonly principal?: string;
  readonly uniqueId?: string;
  readonly sessionName?: string;
  readonly kid?: string;
  readonly jti?: string;
  readonly auditClaims?: Readonly<Record<string, string>>;
}

/** Must resolve only when the record is safe, and reject when it is not. */
export interface AuditSink {
  write(record: AuditRecord): Promise<void>;
}

/**
 * Whether a record says that the record before it, of the same attempt, could not be written. That was
 * reported and counted then; whatever becomes of this one says nothing new.
 */
export function isAboutAudit({ outcome, reason }: AuditRecord): boolean {
  return outcome === 'failed' && reason === 'audit-unwritable';
}

/** What is known of a request before anything is decided. */
export interface RequestFacts {
  /** As API Gateway has it, which takes it from the header `x-amzn-RequestId` where a client sends one. */
  readonly requestId: string;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
}

/** A record in the making: what stays the same whatever the outcome. */
export type AuditDraft = Omit<AuditRecord, 'outcome' | 'reason'>;

/** Longest caller-supplied string in a record, in UTF-16 code units. */
const maxTextLength = 256;

export function draftOf(parts: {
  readonly vendId: string;
  readonly now: Date;
  readonly facts: RequestFacts;
  readonly identity?: Identity;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  readonly team?: string | undefined;
}): AuditDraft {
  const { facts, identity } = parts;
  return {
    audit: 'vend',
    vendId: parts.vendId,
    requestId: bounded(facts.requestId),
    time: parts.now.toISOString(),
    ...(identity === undefined ? {} : { caller: auditCaller(identity) }),
    ...present({
      team: bounded(parts.team),
      database: bounded(parts.database),
      user: bounded(parts.user),
      sourceIp: bounded(facts.sourceIp),
      userAgent: bounded(facts.userAgent),
    }),
  };
}

function auditCaller(identity: Identity): AuditCaller {
  // Whole, at most 1,024 characters (`isSubject`): cut short, two callers would be one in the record.
  const principal = principalOf(identity);
  if (identity.kind === 'iam') {
    const { account, uniqueId, sessionName } = identity;
    return {
      kind: 'iam',
      account,
      principal,
      uniqueId,
      ...present({ sessionName: bounded(sessionName) }),
    };
  }
  const { kid, jti, auditClaims } = identity.evidence;
  return {
    kind: 'jwt',
    issuer: identity.issuer,
    principal,
    ...present({ kid: bounded(kid), jti: bounded(jti) }),
    ...(Object.keys(auditClaims).length === 0 ? {} : { auditClaims }),
  };
}

/** Cuts a caller-supplied string to what a record may hold. */
export function bounded(text: string): string;
export function bounded(text: string | undefined): string | undefined;
export function bounded(text: string | undefined): string | undefined {
  return text === undefined || text.length <= maxTextLength
    ? text
    : `${text.slice(0, maxTextLength - 1)}…`;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends Record<string, unknown>>(values: T): Present<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}
