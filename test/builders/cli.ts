import { type RunDependencies, run } from '../../clients/cli/main.ts';
import { startOfTest } from './clock.ts';

/** What a run of the command line came to. */
export interface CliOutcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, at the start of the test, without a network. */
export async function runCli(
  args: readonly string[],
  deps: Partial<RunDependencies> = {},
): Promise<CliOutcome> {
  const written = { out: '', err: '' };
  const code = await run(args, {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    fetch: () => Promise.reject(new Error('the network was used')),
    env: {},
    clock: () => startOfTest,
    ...deps,
  });
  return { code, ...written };
}
