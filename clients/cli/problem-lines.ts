import type { Problem } from '../../core/registry/problem.ts';

/** One line for each problem: `file:line  path  message`, which editors and CI can follow. */
export function problemLines(problems: readonly Problem[]): string {
  return problems
    .map(({ severity, file, line, path, message }) =>
      [`${file}:${line}`, path, severity === 'warning' ? `warning: ${message}` : message]
        .filter((part) => part !== '')
        .join('  '),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** How many there are; and where not all could be looked for, that there may be more. */
export function problemSummary(problems: readonly Problem[], isComplete = true): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const more = isComplete ? '' : '; more may show once these are corrected';
  return `${counted(errors, 'error')}, ${counted(warnings, 'warning')}${more}`;
}

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
