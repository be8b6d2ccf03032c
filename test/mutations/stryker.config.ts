import { chosenName, packageCalled, reportOf } from './packages.ts';

/** Stryker's settings for the package that `run.ts` names. */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutations/vitest.config.ts' },
  mutate: [...packageCalled(chosenName).mutate],
  coverageAnalysis: 'perTest',
  // Patterns and tables are made when a module is loaded, and many of them are defences.
  ignoreStatic: false,
  warnings: {
    slow: false,
    unknownOptions: true,
    preprocessorErrors: true,
    unserializableOptions: true,
  },
  appendPlugins: ['./test/mutations/sentences.ts'],
  ignorers: ['sentences'],
  // Tries again only what changed since the last run on this machine.
  incremental: true,
  incrementalFile: `.local/mutations/${chosenName}-incremental.json`,
  concurrency: 2,
  tempDirName: `.local/stryker-${chosenName}`,
  ignorePatterns: ['/.local', '/.aws-sam', '/dist', '/bench'],
  // Vitest checks no types, and Stryker would read tsconfig.json with an API that TypeScript 7 lacks.
  disableTypeChecks: false,
  tsconfigFile: 'none',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: reportOf(chosenName) },
};
