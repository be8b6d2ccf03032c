import { authorize, type Decision, type Wish } from '../../core/authorize.ts';
import { VendError } from '../../core/errors.ts';
import type { Identity } from '../../core/identity.ts';
import type { FailureReason } from '../../core/reasons.ts';
import { type RegistryIndex, sliceOf } from '../../core/registry/index-document.ts';
import { keysOfIdentity } from '../../core/registry/member-keys.ts';
import type { RegistrySlice, Suspensions } from '../../core/registry/store.ts';
import { type ClaimedCaller, identify } from './claimed-caller.ts';

/** One request that might be made, and the circumstances in which it is. */
export interface Question {
  readonly caller: ClaimedCaller;
  readonly wish: Wish;
  readonly now: Date;
  readonly sourceIp: string | undefined;
  readonly suspensions: Suspensions;
}

/** What tokenvend would answer: `authorize`'s decision, or why the caller is not recognized at all. */
export type Verdict = Decision | Unrecognized;

export interface Unrecognized {
  readonly allowed: false;
  readonly reason: FailureReason;
}

/** All that `authorize` decides on. */
export interface Evidence {
  readonly identity: Identity;
  readonly slice: RegistrySlice;
}

/** Answers as production does: the same recognition, the same look-up, the same `authorize`. */
export function decide(index: RegistryIndex, question: Question): Verdict {
  const evidence = gather(index, question);
  return 'reason' in evidence ? evidence : judge(evidence, question);
}

/** The decision on evidence that is there already. */
export function judge({ identity, slice }: Evidence, question: Question): Decision {
  const { wish, now, sourceIp } = question;
  return authorize(identity, wish, slice, { now, sourceIp });
}

/** Who is asking, and what the registry's look-up finds for them. */
export function gather(index: RegistryIndex, question: Question): Evidence | Unrecognized {
  const { caller, wish, suspensions } = question;
  try {
    const identity = identify(caller, index, question);
    const query = { memberKeys: keysOfIdentity(identity), database: wish.database };
    return { identity, slice: sliceOf(index, query, suspensions) };
  } catch (error) {
    if (!(error instanceof VendError)) throw error;
    return { allowed: false, reason: error.reason };
  }
}
