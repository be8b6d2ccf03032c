import type { Condition } from './iam-document.ts';
import { hasPolicyVariable, matchesArn, matchesGlob } from './iam-pattern.ts';

/** What a request brings for conditions to look at: condition keys, in lower case, and their values. */
export type RequestContext = ReadonlyMap<string, string>;

/** Builds a context; keys without a value are absent, which is what `Null` asks about. */
export function contextOf(values: Readonly<Record<string, string | undefined>>): RequestContext {
  const context = new Map<string, string>();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) context.set(key.toLowerCase(), value);
  }
  return context;
}

/** The outcome for all conditions of one statement. */
export interface ConditionCheck {
  /** Whether every condition that could be evaluated holds. */
  readonly holds: boolean;
  /** Operators that are not known here, `…IfExists` and set operators among them. */
  readonly unsupported: readonly string[];
}

/** Evaluates a statement's conditions; all of them must hold. */
export function checkConditions(
  conditions: readonly Condition[],
  context: RequestContext,
): ConditionCheck {
  const unsupported = conditions
    .map(({ operator }) => operator)
    .filter((operator) => operator !== 'Null' && !operators.has(operator));
  const holds = conditions
    .filter(({ operator }) => !unsupported.includes(operator))
    .every((condition) => conditionHolds(condition, context));
  return { holds, unsupported };
}

type Comparison = (actual: string, wanted: string) => boolean;

const operators = new Map<string, Comparison>([
  ['StringEquals', (actual, wanted) => actual === wanted],
  ['StringLike', (actual, wanted) => matchesGlob(wanted, actual)],
  // Both take wildcards (IAM User Guide, "ARN condition operators").
  ['ArnEquals', (actual, wanted) => matchesArn(wanted, actual)],
  ['ArnLike', (actual, wanted) => matchesArn(wanted, actual)],
  ['Bool', (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase()],
  ['DateLessThan', (actual, wanted) => Date.parse(actual) < Date.parse(wanted)],
]);

function conditionHolds({ operator, key, values }: Condition, context: RequestContext): boolean {
  const actual = context.get(key.toLowerCase());
  if (operator === 'Null') return values.includes(String(actual === undefined));
  const compare = operators.get(operator);
  if (actual === undefined || compare === undefined) return false;
  return values.some((wanted) => !hasPolicyVariable(wanted) && compare(actual, wanted));
}
