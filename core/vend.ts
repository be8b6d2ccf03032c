import { type AuditSink, draftOf, type RequestFacts } from './audit.ts';
import { type AuditTrail, openTrail } from './audit-trail.ts';
import { type Allowed, authorize, type Denied, type Wish } from './authorize.ts';
import { VendError } from './errors.ts';
import { type Identity, isExpired } from './identity.ts';
import { inTime } from './in-time.ts';
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
  /** Resolves when there is only time left to record that there was too little: `out-of-time`. */
  readonly outOfTime: Promise<void>;
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
    const cut = await inTime(call.outOfTime, decideAndCut(deps, call, trail, now));
    if (!cut.allowed) {
      await trail.denied(cut.reason);
      return { vended: false, hint: cut.hint };
    }
    const { session, issued, ...parts } = cut;
    await trail.vended(session, issued);

    const { inlineCa } = wish;
    const answer = { ...parts, id, issued, inlineCa, apiUrl: call.apiUrl, now: deps.clock() };
    return { vended: true, answer: vendAnswer(answer) };
  } catch (error) {
    await trail.failed(error);
    throw error;
  }
}

/** A token that nobody has been told of yet, and what it was cut for. */
interface Cut {
  readonly allowed: Allowed;
  readonly ca: CaBundle;
  readonly session: Session;
  readonly issued: IssuedToken;
}

/** All that has to be waited for before the record. Writes nothing: it may be given up, and still run on. */
async function decideAndCut(
  deps: VendDependencies,
  { identity, wish, facts }: VendCall,
  trail: AuditTrail,
  now: Date,
): Promise<Denied | Cut> {
  if (isExpired(identity, now)) throw new VendError('UNAUTHENTICATED', 'identity-expired');
  const memberKeys = keysOfIdentity(identity);
  const slice = await deps.registry.slice({ memberKeys, database: wish.database });
  trail.registryRead(slice.version);

  const decision = authorize(identity, wish, slice, { now, sourceIp: facts.sourceIp });
  if (!decision.allowed) return decision;

  const plan = planSession(identity, decision);
  trail.allowed(decision, plan);
  const ca = deps.caBundles.find(decision.database.caBundle);
  if (ca === undefined) throw new VendError('INTERNAL', 'ca-bundle-missing');

  const session = await deps.sessions.obtain(plan, wish.fresh);
  const issued = await deps.tokens.cut(session, decision, wish.fresh);
  return { allowed: decision, ca, session, issued };
}
