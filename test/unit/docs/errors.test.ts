import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logCodes } from '../../../core/log.ts';
import { problemKinds } from '../../../core/problem.ts';
import { denialReasons, failureReasons } from '../../../core/reasons.ts';

/** The cells of the table under a heading, or of the table whose first column has that title. */
function rowsOf(firstColumn: string, heading: string): string[][] {
  const text = readFileSync('docs/errors.md', 'utf8');
  const section = text.split(/^## /m).find((one) => one.startsWith(heading)) ?? '';
  const table = section.split('\n\n').find((block) => block.startsWith(`| ${firstColumn} |`)) ?? '';
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
}

const column = (rows: string[][], at: number): string[] => rows.map((row) => row[at] ?? '');
const sorted = (values: readonly string[]): string[] => [...values].sort();

describe('docs/errors.md', () => {
  it('lists every code with its status and whether to retry', () => {
    const rows = rowsOf('code', 'Codes');

    const listed = rows.map(([, code, status, retryable]) => [code, status, retryable]);

    expect(sorted(listed.map(String))).toEqual(
      sorted(
        Object.entries(problemKinds).map(([code, { status, retryable }]) =>
          String([code, status, retryable ? 'yes' : 'no']),
        ),
      ),
    );
  });

  it('lists every reason of a denial', () => {
    expect(sorted(column(rowsOf('reason', 'Reasons of a denial'), 1))).toEqual(
      sorted(denialReasons),
    );
  });

  it('lists every reason of a failure, with the code it is thrown with', () => {
    const rows = rowsOf('reason', 'Reasons of a failure');

    expect(sorted(column(rows, 1))).toEqual(sorted(failureReasons));
    for (const [, reason, code] of rows) expect(codesThrownWith(reason ?? '')).toContain(code);
  });

  it('lists every log code', () => {
    expect(sorted(column(rowsOf('code', 'Log codes'), 1))).toEqual(sorted(logCodes));
  });
});

/** The comment above each group in the source names the code; the groups are kept in its order. */
function codesThrownWith(reason: string): string[] {
  const source = readFileSync('core/reasons.ts', 'utf8');
  const groups = source.split(/ {2}\/\/ (?=[A-Z_]+\n)/).slice(1);
  return groups.flatMap((group) => {
    const [code = ''] = group.split('\n');
    return group.includes(`'${reason}'`) ? [code] : [];
  });
}
