/** How often a test repeats itself, and how long it may take for that. */
export interface Count {
  readonly times: number;
  readonly timeoutMs: number;
}

/**
 * The repetitions of a test that is as good as its number: few in every run, and as many as the
 * environment variable says where that is set, as `npm run test:full-counts` does.
 */
export function countFrom(variable: string, usual: number, perTimeMs: number): Count {
  const asked = Number(process.env[variable] ?? usual);
  if (!Number.isInteger(asked) || asked < 1) throw new Error(`${variable} must be a whole number`);
  return { times: asked, timeoutMs: 60_000 + asked * perTimeMs };
}
