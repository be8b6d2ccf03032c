import type { RegistryIndex } from '../../core/registry/index-document.ts';
import type { ClaimedCaller } from '../explain/claimed-caller.ts';
import { decide, type Question, type Verdict } from '../explain/decide.ts';
import { explain } from '../explain/explain.ts';
import type { Expectation, Fixture, WrittenCaller } from './fixture-schema.ts';

/** How one test went. */
export interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly verdict: Verdict;
  /** The entries that decided, such as `payments/api-pods -> orders/orders_app`; for a refusal, those that came nearest. */
  readonly rule: string | undefined;
  readonly expected: Expectation;
}

/** Puts a test's request to the evaluator that vends. */
export function runFixture(fixture: Fixture, index: RegistryIndex, now: Date): Outcome {
  const question = questionOf(fixture, index, now);
  const verdict = decide(index, question);
  const { name, expect: expected } = fixture;
  const passed = meets(verdict, expected);
  return { name, passed, verdict, rule: ruleOf(verdict, index, question), expected };
}

function questionOf(fixture: Fixture, index: RegistryIndex, now: Date): Question {
  const { database, user, team } = fixture.request;
  return {
    caller: callerOf(fixture.identity, index),
    wish: {
      database,
      ...(user === undefined ? {} : { user }),
      ...(team === undefined ? {} : { team }),
    },
    now: fixture.at === undefined ? now : new Date(fixture.at),
    sourceIp: fixture.from,
    suspensions: new Set(fixture.suspended),
  };
}

function callerOf(written: WrittenCaller, index: RegistryIndex): ClaimedCaller {
  if ('issuer' in written) {
    const named = [...index.issuers.values()].find(({ name }) => name === written.issuer);
    const claims = { ...written.claims, sub: written.subject };
    return { kind: 'jwt', issuer: named?.url ?? written.issuer, claims };
  }
  if ('iamRole' in written) return principal(written.iamRole, written.iamRoleId);
  return principal(written.iamUser, written.iamUserId);
}

const principal = (arn: string, uniqueId: string | undefined): ClaimedCaller => ({
  kind: 'iam',
  arn,
  ...(uniqueId === undefined ? {} : { uniqueId }),
});

function meets(verdict: Verdict, expected: Expectation): boolean {
  if ('denied' in expected) return !verdict.allowed && verdict.reason === expected.denied;
  return (
    verdict.allowed &&
    verdict.team === expected.team &&
    verdict.user.name === expected.user &&
    (expected.member === undefined || verdict.member === expected.member)
  );
}

function ruleOf(verdict: Verdict, index: RegistryIndex, question: Question): string | undefined {
  if (verdict.allowed) {
    return `${verdict.team}/${verdict.member} -> ${verdict.database.name}/${verdict.user.name}`;
  }
  const { grants, members } = explain(index, question);
  const blocked = grants.find(({ against }) => against === verdict.reason);
  if (blocked !== undefined) {
    return `${blocked.team}/${blocked.member} -> ${question.wish.database}/${blocked.user}`;
  }
  const [held] = members.filter(({ holds }) => holds);
  return held === undefined ? undefined : `${held.team}/${held.member}`;
}
