import type { Mutant } from './report.ts';

/** Mutants that no test can tell from the code, and why that is so. */
export interface Explained {
  readonly why: string;
  readonly mutants: readonly (readonly [file: string, from: string, to: string])[];
}

export interface Judgement {
  readonly detected: number;
  readonly all: number;
  /** Detected of all, in per cent. */
  readonly score: number;
  /** Survivors that are in no list. */
  readonly unexplained: readonly Mutant[];
  /** Explanations of what did not survive: the tests have become better, or the code another. */
  readonly stale: readonly string[];
}

/** Compares what survived with what was explained, for the files that were mutated. */
export function judge(mutants: readonly Mutant[], explained: readonly Explained[]): Judgement {
  const files = new Set(mutants.map(({ file }) => file));
  const listed = explained
    .flatMap(({ mutants: some }) => some)
    .filter(([file]) => files.has(file))
    .map(([file, from, to]) => keyOf({ file, from, to }));
  const survivors = mutants.filter(({ isDetected }) => !isDetected);
  const survived = new Set(survivors.map(keyOf));
  const detected = mutants.length - survivors.length;
  return {
    detected,
    all: mutants.length,
    score: (100 * detected) / mutants.length,
    unexplained: survivors.filter((mutant) => !listed.includes(keyOf(mutant))),
    stale: listed.filter((key) => !survived.has(key)),
  };
}

/** Not the line: a list would else change with every line above. */
const keyOf = ({ file, from, to }: Pick<Mutant, 'file' | 'from' | 'to'>): string =>
  `${file}: ${from} → ${to}`;
