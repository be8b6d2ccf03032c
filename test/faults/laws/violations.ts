/** What must hold whatever happens. docs/faults.md says what each one means. */
export const laws = [
  'usable-token',
  'recorded-token',
  'one-record',
  'granted-token',
  'one-sts-call',
  'few-sts-calls',
  'one-api-call',
  'few-api-calls',
  'few-looks',
  'few-sessions',
  'nothing-left',
  'answered-in-time',
  'before-the-limit',
  'whole-files',
  'clean-snapshot',
  'recovery',
] as const;
export type Law = (typeof laws)[number];

export interface Violation {
  readonly law: Law;
  /** Seconds since the run began. */
  readonly atSeconds: number;
  /** Names and numbers: a failing run is printed, and its tokens are not. */
  readonly what: string;
}

export interface Violations {
  add(law: Law, what: string): void;
  all(): readonly Violation[];
}

export function createViolations(ranMs: () => number): Violations {
  const found: Violation[] = [];
  return {
    add: (law, what) => {
      found.push({ law, atSeconds: ranMs() / 1000, what });
    },
    all: () => found,
  };
}
