/** Prints numbered steps, and stops the demo where something did not go as said. */
export interface Narrator {
  step(title: string): void;
  /** A line of real output, indented. */
  show(line: string): void;
  /** @throws Error saying what was expected, unless it is so. */
  expect(condition: boolean, what: string): void;
  /** @throws Error saying what was expected. */
  fail(what: string): never;
  readonly steps: number;
}

export function createNarrator(print: (line: string) => void): Narrator {
  let steps = 0;
  const fail = (what: string): never => {
    throw new Error(`step ${steps} did not go as said: ${what}`);
  };
  return {
    get steps() {
      return steps;
    },
    step(title) {
      steps += 1;
      print(`\n${String(steps).padStart(2)}. ${title}`);
    },
    show(line) {
      for (const one of line.trim().split('\n')) print(`    ${one.trim()}`);
    },
    expect(condition, what) {
      if (!condition) fail(what);
    },
    fail,
  };
}
