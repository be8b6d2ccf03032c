import { verdictLine } from '../explain/explanation-lines.ts';
import type { Expectation } from './fixture-schema.ts';
import type { PlacedFixture } from './read-fixtures.ts';
import type { Outcome } from './run-fixture.ts';

/** A test's line: how it went, what it is called, and the rule that decided; more where it failed. */
export function outcomeLines(
  { passed, name, verdict, rule, expected }: Outcome,
  { file, line }: PlacedFixture,
): readonly string[] {
  const decided = rule === undefined ? '' : `  (${rule})`;
  if (passed) return [`ok    ${name}${decided}`];
  return [
    `FAIL  ${name}${decided}`,
    `      ${file}:${line}`,
    `      expected ${expectedText(expected)}`,
    `      ${verdictLine(verdict)}`,
  ];
}

const expectedText = (expected: Expectation): string =>
  'denied' in expected
    ? `refused: ${expected.denied}`
    : `allowed: ${expected.user} for ${expected.team}${expected.member === undefined ? '' : `/${expected.member}`}`;
