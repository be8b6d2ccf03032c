/** What an operator is told about one place in the registry's files. Ordered by file and line. */
export interface Problem {
  readonly severity: Severity;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The place in the registry, such as `databases.orders.users.orders_app`. */
  readonly path: string;
  /** A sentence that says what to do. Names keys and entries; never repeats the value of a condition or a key. */
  readonly message: string;
}

export type Severity = 'error' | 'warning';

/** Steps from the top of the registry: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/** A problem whose place in the files is still to be looked up. */
export interface Finding {
  readonly severity: Severity;
  readonly path: Path;
  readonly message: string;
}

export const error = (path: Path, message: string): Finding => ({
  severity: 'error',
  path,
  message,
});

export const warning = (path: Path, message: string): Finding => ({
  severity: 'warning',
  path,
  message,
});

/** Writes a path as `teams.payments.roles[0]`; a key with other characters than a name's is quoted. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w-]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** By file, then by line; problems of one line keep their order. */
export function byPlace(one: Problem, other: Problem): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line;
}
