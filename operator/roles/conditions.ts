import { OperatorError } from '../operator-error.ts';
import { remedyFor } from './ignored-conditions.ts';

/** A condition block of IAM: operator, key, values. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/**
 * Reads conditions for `rds-db:connect` as they are typed: `StringEquals:aws:PrincipalOrgID=o-abc`.
 * Several of one operator and key are alternatives, as in IAM.
 *
 * @throws OperatorError `input-invalid`, also for a key that RDS ignores, with where it would work.
 */
export function connectConditions(texts: readonly string[]): ConditionBlock {
  const block = new Map<string, Map<string, string[]>>();
  for (const text of texts) {
    const { operator, key, value } = readCondition(text);
    const remedy = remedyFor(key);
    if (remedy !== undefined) throw invalid(`RDS ignores ${key} for logins. ${remedy}`);
    const keys = block.get(operator) ?? new Map<string, string[]>();
    keys.set(key, [...(keys.get(key) ?? []), value]);
    block.set(operator, keys);
  }
  return Object.fromEntries(
    [...block].map(([operator, keys]) => [operator, Object.fromEntries(keys)]),
  );
}

function readCondition(text: string) {
  const found = /^((?:For(?:All|Any)Values:)?[A-Za-z]+):([a-z-]+:[\w/.-]+)=(.+)$/i.exec(text);
  const [, operator, key, value] = found ?? [];
  if (operator === undefined || key === undefined || value === undefined) {
    throw invalid(
      'A condition is written Operator:key=value: StringEquals:aws:PrincipalOrgID=o-1.',
    );
  }
  return { operator, key, value };
}

const invalid = (message: string): OperatorError => new OperatorError('input-invalid', message);
