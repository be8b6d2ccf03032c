import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { startVitest, type TestModule } from 'vitest/node';

export type Verdict =
  /** At least one of the tests fails. */
  | 'failed'
  /** All of them pass. */
  | 'passed'
  /** They could not be loaded, or none has such a title: nothing is known. */
  | 'not-run';

export interface Trial {
  /** Below `test/`, without `.test.ts`. */
  readonly files: readonly string[];
  /** A part of the titles of the tests to run; all without it. */
  readonly title?: string;
  readonly plugins?: Plugin[];
}

/** Runs tests as `npm test` does, with plugins that change what they load. */
export async function tryTests({ files, title = '', plugins = [] }: Trial): Promise<Verdict> {
  const vitest = await startVitest(
    'test',
    [],
    {
      config: false,
      include: files.map((file) => `test/${file}.test.ts`),
      testNamePattern: title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
      // The cache on disk knows files and not plugins: it would serve one trial's change to the next.
      fsModuleCache: false,
      // A test that fails leaves promises behind that it would have looked at.
      execArgv: ['--disable-warning=PromiseRejectionHandledWarning'],
      bail: 1,
      watch: false,
      reporters: [{}],
      testTimeout: 10_000,
      unstubEnvs: true,
      restoreMocks: true,
    },
    { plugins },
  );
  try {
    return verdictOn(vitest.state.getTestModules());
  } finally {
    await vitest.close();
  }
}

/** A module that does not load fails as well, but proves nothing. */
function verdictOn(modules: readonly TestModule[]): Verdict {
  const states = modules.flatMap(({ children }) =>
    [...children.allTests()].map((test) => test.result().state),
  );
  if (states.includes('failed')) return 'failed';
  const isBroken = modules.some((one) => one.errors().length > 0);
  return isBroken || !states.includes('passed') ? 'not-run' : 'passed';
}

/** Replaces `from` by `to` in what is loaded of a file, and nothing on the disk. */
export function changing(file: string, from: string, to: string): Plugin {
  const path = resolve(file);
  return {
    name: 'without-a-defence',
    enforce: 'pre',
    transform: (code, id) => (id === path ? code.replace(from, () => to) : undefined),
  };
}
