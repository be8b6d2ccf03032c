import { type AuditSink, draftOf, type RequestFacts } from './audit.ts';
import { openTrail } from './audit-trail.ts';
import { type Allowed, authorize, type Wish } from './authorize.ts';
import { VendError } from './errors.ts';
import { type Identity, isExpired } from './identity.ts';
import type { Hint } from './reasons.ts';
import { keysOfIdentity } from './registry/member-keys.ts';
import type { RegistryStore } from './registry/store.ts';
import { planSession, type Session, type SessionPlan } from './session.ts';
import { type CaBundle, type IssuedToken, type VendAnswer, vendAnswer } from './vend-answer.ts';

export interface VendDependencies {
  readonly registry: Pick<RegistryStore, 'slice'>;
  /** A session for the plan: a cached one, or a new one where that is due or `fresh` asks for it. */
  readonly sessions: { obtain(plan: SessionPlan, fresh: boolean): Promise<Session> };
  readonly tokens: { cut(session: Session, target: Allowed, fresh: boolean): Promise<IssuedToken> };
  readonly caBundles: { find(name: string): CaBundle | undefined };
  readonly audit: AuditSink;
  readonly clock: () => Date;
  readonly ids: () => string;
}

export interface VendCall {
  readonly identity: Identity;
  readonly wish: Wish & { readonly inlineCa: boolean; readonly fresh: boolean };
  readonly facts: RequestFacts;
  /** Base URL of this API as the caller reached it, without a trailing slash. */
  readonly apiUrl: string;
}

export type VendOutcome =
  | { readonly vended: true; readonly answer: VendAnswer }
  | { readonly vended: false; readonly hint: Hint | undefined };

/**
 * One attempt to get a token: decide, assume, cut, record, answer. Exactly one audit record is
 * written for it, and written before the outcome is returned.
 *
 * @throws VendError of any code but `DENIED`, which is a returned outcome.
 */
export async function vend(deps: VendDependencies, call: VendCall): Promise<VendOutcome> {
  const { identity, wish, facts } = call;
  const [id, now] = [deps.ids(), deps.clock()];
  const trail = openTrail(deps.audit, draftOf({ vendId: id, now, facts, identity, ...wish }));
  try {
    if (isExpired(identity, now)) throw new VendError('UNAUTHENTICATED', 'identity-expired');
    const memberKeys = keysOfIdentity(identity);
    const slice = await deps.registry.slice({ memberKeys, database: wish.database });
    trail.registryRead(slice.version);

    const decision = authorize(identity, wish, slice, { now, sourceIp: facts.sourceIp });
    if (!decision.allowed) {
      await trail.denied(decision.reason);
      return { vended: false, hint: decision.hint };
    }

    const plan = planSession(identity, decision);
    trail.allowed(decision, plan);
    const ca = deps.caBundles.find(decision.database.caBundle);
    if (ca === undefined) throw new VendError('INTERNAL', 'ca-bundle-missing');

    const session = await deps.sessions.obtain(plan, wish.fresh);
    const issued = await deps.tokens.cut(session, decision, wish.fresh);
    await trail.vended(session, issued);

    const { inlineCa } = wish;
    const parts = { id, allowed: decision, issued, ca, inlineCa, apiUrl: call.apiUrl };
    return { vended: true, answer: vendAnswer({ ...parts, now: deps.clock() }) };
  } catch (error) {
    await trail.failed(error);
    throw error;
  }
}
