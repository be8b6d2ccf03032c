import type { Verdict } from './decide.ts';

/** A verdict for programs, in the words of a test's expectation: names only, and no external id. */
export type VerdictSummary =
  | { readonly team: string; readonly member: string; readonly user: string }
  | { readonly denied: string };

export function summaryOf(verdict: Verdict): VerdictSummary {
  if (!verdict.allowed) return { denied: verdict.reason };
  return { team: verdict.team, member: verdict.member, user: verdict.user.name };
}
