import { authorize, type Wish } from '../../../core/authorize.ts';
import type { Identity } from '../../../core/identity.ts';
import { indexDocument, sliceOf } from '../../../core/registry/index-document.ts';
import { keysOfIdentity } from '../../../core/registry/member-keys.ts';
import type { RegistryDocument } from '../../../core/registry/model.ts';
import type { Suspensions } from '../../../core/registry/store.ts';

/** What the operators have put in force. */
export interface Rules {
  readonly document: RegistryDocument;
  readonly suspensions: Suspensions;
}

/** The earliest instants whose rules may still count; true epoch milliseconds. */
export interface Since {
  readonly documentMs: number;
  readonly suspensionsMs: number;
}

export interface Request {
  /** When it reached the function. The decision was made then or later; true epoch milliseconds. */
  readonly askedAtMs: number;
  readonly identity: Identity;
  readonly wish: Wish;
  readonly sourceIp: string;
}

/** Remembers what was in force when: the judge of what was vended. */
export interface InForce {
  change(rules: Partial<Rules>): void;
  now(): Rules;
  /** Whether any rules that may still count would grant the request. */
  wouldGrant(request: Request, since: Since): boolean;
}

/** All changes are kept: a schedule makes a few dozen at most. */
export function createInForce(nowMs: () => number, first: Rules): InForce {
  const documents = createPast(nowMs, first.document);
  const suspensions = createPast(nowMs, first.suspensions);
  return {
    now: () => ({ document: documents.latest(), suspensions: suspensions.latest() }),
    change(rules) {
      if (rules.document !== undefined) documents.add(rules.document);
      if (rules.suspensions !== undefined) suspensions.add(rules.suspensions);
    },
    wouldGrant(request, since) {
      const instants = [request.askedAtMs, nowMs()].map((ms) => new Date(ms));
      const rules = documents
        .since(since.documentMs)
        .flatMap((document) =>
          suspensions.since(since.suspensionsMs).map((names) => ({ document, suspensions: names })),
        );
      return rules.some((one) => instants.some((instant) => grants(one, request, instant)));
    },
  };
}

function createPast<T>(nowMs: () => number, first: T) {
  const past = [{ fromMs: Number.NEGATIVE_INFINITY, value: first }];
  return {
    latest: (): T => past.at(-1)?.value ?? first,
    add: (value: T) => past.push({ fromMs: nowMs(), value }),
    since: (earliestMs: number): readonly T[] =>
      past
        .filter((_, at) => (past[at + 1]?.fromMs ?? Number.POSITIVE_INFINITY) >= earliestMs)
        .map(({ value }) => value),
  };
}

function grants(rules: Rules, { identity, wish, sourceIp }: Request, now: Date): boolean {
  const query = { memberKeys: keysOfIdentity(identity), database: wish.database };
  const slice = sliceOf(indexDocument(rules.document), query, rules.suspensions);
  return authorize(identity, wish, slice, { now, sourceIp }).allowed;
}
