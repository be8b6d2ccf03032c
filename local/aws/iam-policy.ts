import { checkConditions, type RequestContext } from './iam-condition.ts';
import type { Policy, Principals, Selection, Statement } from './iam-document.ts';
import { hasPolicyVariable, matchesArn, matchesGlob } from './iam-pattern.ts';

/** One question to IAM: may this be done to that? */
export interface AccessRequest {
  /** Such as `rds-db:connect`; compared without regard to case. */
  readonly action: string;
  /** The ARN of what is acted on. */
  readonly resource: string;
  readonly context: RequestContext;
  /** Who asks; trust policies match nobody without it. */
  readonly principal?: RequestPrincipal;
}

/** Who asks, in the terms in which a trust policy names its principals. */
export type RequestPrincipal =
  | {
      readonly kind: 'aws';
      readonly account: string;
      /** Every ARN that names the principal: the role's or user's, and the session's. */
      readonly arns: readonly string[];
    }
  | { readonly kind: 'service'; readonly name: string };

/** What the policies say, and what they could not be asked. */
export interface Evaluation {
  readonly allowed: boolean;
  readonly reason: 'allowed' | 'explicit-deny' | 'implicit-deny';
  /**
   * Condition operators in statements that were otherwise in point, and that could not be evaluated.
   * Such a statement never helps the caller: as an Allow it does not count, as a Deny it does.
   */
  readonly unsupported: readonly string[];
}

/** Evaluates policies that add up: any Deny refuses, else any Allow allows. */
export function evaluate(policies: readonly Policy[], request: AccessRequest): Evaluation {
  const effects = new Set<Statement['effect']>();
  const unsupported: string[] = [];
  for (const statement of policies.flatMap(({ statements }) => statements)) {
    if (!isInPoint(statement, request)) continue;
    const check = checkConditions(statement.conditions, request.context);
    unsupported.push(...check.unsupported);
    const counts = check.unsupported.length === 0 || statement.effect === 'Deny';
    if (check.holds && counts) effects.add(statement.effect);
  }
  if (effects.has('Deny')) return { allowed: false, reason: 'explicit-deny', unsupported };
  return effects.has('Allow')
    ? { allowed: true, reason: 'allowed', unsupported }
    : { allowed: false, reason: 'implicit-deny', unsupported };
}

/**
 * Evaluates policies that limit each other, such as a role's and its session's: every set must allow,
 * and a Deny in any refuses. No sets allow nothing.
 */
export function evaluateAll(
  sets: readonly (readonly Policy[])[],
  request: AccessRequest,
): Evaluation {
  const evaluations = sets.map((policies) => evaluate(policies, request));
  const unsupported = evaluations.flatMap((evaluation) => evaluation.unsupported);
  if (evaluations.some(({ reason }) => reason === 'explicit-deny')) {
    return { allowed: false, reason: 'explicit-deny', unsupported };
  }
  return evaluations.length > 0 && evaluations.every(({ allowed }) => allowed)
    ? { allowed: true, reason: 'allowed', unsupported }
    : { allowed: false, reason: 'implicit-deny', unsupported };
}

function isInPoint(statement: Statement, { action, resource, principal }: AccessRequest): boolean {
  const acts = selects(statement.actions, (pattern) =>
    matchesGlob(pattern.toLowerCase(), action.toLowerCase()),
  );
  if (!acts) return false;
  return 'principals' in statement
    ? names(statement.principals, principal)
    : selects(statement.resources, (pattern) => matchesArn(pattern, resource));
}

function selects({ patterns, except }: Selection, matches: (pattern: string) => boolean): boolean {
  const found = patterns.some((pattern) => !hasPolicyVariable(pattern) && matches(pattern));
  return found !== except;
}

function names(principals: Principals, principal: RequestPrincipal | undefined): boolean {
  if (principal === undefined) return false;
  if (principal.kind === 'service') return principals.services.includes(principal.name);
  return principals.aws.some(
    (named) => named === '*' || named === principal.account || isArnOf(named, principal),
  );
}

/** An account's root stands for the whole account; other ARNs are exact, wildcards mean nothing here. */
function isArnOf(named: string, { account, arns }: RequestPrincipal & { kind: 'aws' }): boolean {
  const root = /^arn:aws[a-z-]*:iam::(\d{12}):root$/.exec(named);
  return root === null ? arns.includes(named) : root[1] === account;
}
