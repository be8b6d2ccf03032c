import fc from 'fast-check';
import { it } from 'vitest';

/** What fast-check runs: `fc.property(…)` or `fc.asyncProperty(…)`. */
type Property = Parameters<typeof fc.check>[0];

/**
 * How long one property looks for a counterexample unless FUZZ_CASES says how many cases it takes.
 * Milliseconds; with some thirty properties, half a minute altogether.
 */
const budgetMs = 1_000;

/** More than any budget allows. */
const endless = 1_000_000_000;

/**
 * A test that tries a property with new random cases in every run.
 *
 * Settings, all environment variables: FUZZ_CASES (how many cases for each property, instead of a
 * time), and FUZZ_SEED with FUZZ_PATH to run what failed before. A failure prints them.
 */
export function fuzz(title: string, property: Property): void {
  it(title, async ({ annotate }) => {
    const cases = await tried(title, property, process.env);
    await annotate(`${cases} cases`);
  });
}

/** Tries a property, and gives the number of cases. Rejects with a report that says how to replay. */
export async function tried(
  title: string,
  property: Property,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const details = await fc.check(property, parametersFrom(env));
  if (!details.failed) return details.numRuns;
  const { seed, counterexamplePath: path, errorInstance: cause } = details;
  const replay = `FUZZ_SEED=${seed} FUZZ_PATH=${path} npm run test:fuzz -- -t '${title}'`;
  throw new Error(`${fc.defaultReportMessage(details)}\n\nReplay: ${replay}`, { cause });
}

/** fast-check's parameters for the settings. @throws Error for a setting that is no whole number. */
export function parametersFrom(env: NodeJS.ProcessEnv): fc.Parameters<unknown> {
  const cases = wholeNumber(env, 'FUZZ_CASES');
  const seed = wholeNumber(env, 'FUZZ_SEED');
  const path = env.FUZZ_PATH;
  return {
    numRuns: cases ?? endless,
    ...(cases === undefined ? { interruptAfterTimeLimit: budgetMs } : {}),
    ...(seed === undefined ? {} : { seed }),
    ...(path === undefined ? {} : { path }),
  };
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (!/^-?\d{1,10}$/.test(text)) throw new Error(`${name} is not a whole number.`);
  return Number(text);
}
