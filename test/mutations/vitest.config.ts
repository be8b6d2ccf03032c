import { defineConfig } from 'vitest/config';
import { chosenName, packageCalled } from './packages.ts';

const { tests, testTimeoutMs = 10_000 } = packageCalled(chosenName);

/** As the projects of the top folder's configuration run them, for one package of mutants. */
export default defineConfig({
  test: {
    include: [...tests],
    setupFiles: ['test/mutations/same-cases.ts'],
    environment: 'node',
    testTimeout: testTimeoutMs,
    unstubEnvs: true,
    restoreMocks: true,
    // Each sandbox has its own paths: what is kept on disk would never be used again.
    fsModuleCache: false,
  },
});
