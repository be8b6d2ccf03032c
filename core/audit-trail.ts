import { createHash } from 'node:crypto';
import type { AuditDraft, AuditRecord, AuditSink } from './audit.ts';
import type { Allowed } from './authorize.ts';
import { VendError } from './errors.ts';
import type { DenialReason } from './reasons.ts';
import type { Session, SessionPlan } from './session.ts';
import type { IssuedToken } from './vend-answer.ts';

/** Gathers what becomes known during one attempt, and writes it down once its outcome is. */
export interface AuditTrail {
  registryRead(version: string): void;
  allowed(decision: Allowed, plan: SessionPlan): void;
  /** Each of these resolves when the record is safe; until then nothing may leave. */
  denied(reason: DenialReason): Promise<void>;
  vended(session: Session, issued: IssuedToken): Promise<void>;
  failed(error: unknown): Promise<void>;
}

export function openTrail(sink: AuditSink, draft: AuditDraft): AuditTrail {
  let known = draft;
  const close = (end: Pick<AuditRecord, 'outcome'> & Partial<AuditRecord>): Promise<void> =>
    sink.write({ ...known, ...end });
  return {
    registryRead(version) {
      known = { ...known, registryVersion: version };
    },
    allowed(decision, plan) {
      known = {
        ...known,
        team: decision.team,
        member: decision.member,
        user: decision.user.name,
        roleArn: plan.roleArn,
        roleSessionName: plan.roleSessionName,
        sourceIdentity: plan.sourceIdentity,
      };
    },
    denied: (reason) => close({ outcome: 'denied', reason }),
    vended: (session, issued) =>
      close({
        outcome: 'vended',
        accessKeyId: session.accessKeyId,
        tokenSha256: createHash('sha256').update(issued.token).digest('hex'),
        reused: issued.reused,
        expiresAt: issued.expiresAt.toISOString(),
      }),
    failed: (error) => close(failureOf(error)),
  };
}

function failureOf(error: unknown): Pick<AuditRecord, 'outcome' | 'reason'> {
  if (!(error instanceof VendError)) return { outcome: 'failed', reason: 'unexpected' };
  const outcome = error.code === 'UNAUTHENTICATED' ? 'unauthenticated' : 'failed';
  return { outcome, reason: error.reason };
}
