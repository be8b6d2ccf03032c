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

export function problemSummary(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  return `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
}

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
