/** One run of mutation testing: the files that are changed, and the tests that have to notice. */
export interface MutatedPackage {
  readonly mutate: readonly string[];
  /**
   * The tests of these files alone. What only a test of somebody else's notices is not tested where it
   * is to be found; and a mutant of what runs when a module is loaded is tried against all of them.
   */
  readonly tests: readonly string[];
  /**
   * Longest time of one test in milliseconds, ten seconds where it is not given. A mutant that has
   * somebody wait for ever fails a test after it, which is quicker than for Stryker to end the process.
   */
  readonly testTimeoutMs?: number;
}

/** What the checks of a registry read texts with. */
const readers = ['arn', 'database-user', 'endpoint', 'issuer-url', 'pattern', 'partitions'];

/** From the text of files to one draft of a registry, and back to their lines. */
const loading = [
  'content-version',
  'draft',
  'lines-in',
  'load',
  'locate',
  'parse',
  'plain-values',
  'problem',
  'progress',
  'unite',
  'yaml-file',
  'yaml-parts',
  'yaml-sentences',
];

/** What a draft has to look like, and what is made of it. */
const compiling = [
  'algorithms',
  'compile',
  'compile-database',
  'compile-member',
  'issuer-limit',
  'json-schema',
  'public-issuers',
  'schema',
  'shape',
  'shape-findings',
  'shape-sentences',
];

/** What reads a compiled registry, in the functions: its tests take seconds. */
const compiled = [
  'document',
  'document-databases',
  'document-identities',
  'grantee',
  'guards',
  'index-document',
  'member-keys',
  'model',
  'store',
  'suspensions',
];

/** The extension's server, without what starts it and what speaks to Lambda. */
const server = [
  'admission',
  'awakening',
  'ca-files',
  'ca-source',
  'error-answer',
  'held-port',
  'local-answer',
  'local-api',
  'local-server',
  'own-folder',
  'query-reader',
  'snapshot-gate',
  'token-answer',
  'token-query',
  'vend-with-ca',
  'vending',
];

const packages: Readonly<Record<string, MutatedPackage>> = {
  core: {
    mutate: ['core/*.ts', 'core/connection/*.ts'],
    tests: ['test/unit/core/*.test.ts', 'test/unit/core/connection/*.test.ts'],
  },
  checks: {
    mutate: ['core/registry/check/*.ts', ...readers.map((name) => `core/registry/${name}.ts`)],
    tests: [
      'test/unit/core/registry/check/*.test.ts',
      'test/unit/core/registry/{arn,pattern,partitions}.test.ts',
    ],
  },
  loading: {
    mutate: loading.map((name) => `core/registry/${name}.ts`),
    tests: [`test/unit/core/registry/{${loading.join(',')}}.test.ts`],
  },
  compiling: {
    mutate: compiling.map((name) => `core/registry/${name}.ts`),
    tests: [
      `test/unit/core/registry/{${compiling.join(',')}}.test.ts`,
      'test/unit/core/registry/{compile.issuers,shape.draft}.test.ts',
    ],
  },
  compiled: {
    mutate: compiled.map((name) => `core/registry/${name}.ts`),
    tests: [...compiled, 'pattern'].map((name) => `test/unit/core/registry/${name}.test.ts`),
  },
  middleware: {
    mutate: ['functions/middleware/*.ts'],
    tests: ['test/unit/functions/**/*.test.ts'],
  },
  authorizer: {
    mutate: ['functions/authorizer/*.ts', '!functions/authorizer/index.ts'],
    tests: ['test/unit/functions/authorizer*.test.ts', 'test/unit/functions/authorizer/*.test.ts'],
  },
  extension: {
    mutate: server.map((name) => `layers/extension/${name}.ts`),
    tests: ['test/unit/layers/**/*.test.ts', 'test/integration/extension-attacks.test.ts'],
    testTimeoutMs: 3_000,
  },
};

export const packageNames = Object.keys(packages);

/** @throws Error for a name that is none. */
export function packageCalled(name: string): MutatedPackage {
  const found = packages[name];
  if (found === undefined) throw new Error(`Name one of ${packageNames.join(', ')}.`);
  return found;
}

/** The package of this process and of those that Stryker starts. */
export const chosenName = process.env.MUTATIONS ?? '';

/** Where Stryker leaves what became of each mutant. */
export const reportOf = (name: string): string => `.local/mutations/${name}.json`;
