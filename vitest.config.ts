import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What the examples import by the package's name is the source here, as tsconfig.json has it too. */
const alias = [
  {
    find: /^tokenvend$/,
    replacement: fileURLToPath(new URL('clients/node/index.ts', import.meta.url)),
  },
];

const project = (name: string, options: { timeoutMs?: number; parallel?: boolean } = {}) => ({
  resolve: { alias },
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node' as const,
    testTimeout: options.timeoutMs ?? 5_000,
    hookTimeout: options.timeoutMs ?? 5_000,
    fileParallelism: options.parallel ?? true,
    unstubEnvs: true,
    restoreMocks: true,
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', { timeoutMs: 20_000 }),
      project('integration', { timeoutMs: 60_000 }),
      project('infra', { timeoutMs: 30_000 }),
      project('faults', { timeoutMs: 600_000 }),
      project('package', { timeoutMs: 120_000 }),
      project('artifacts', { timeoutMs: 60_000 }),
      project('fuzz', { timeoutMs: 3_600_000 }),
      project('image', { timeoutMs: 300_000 }),
      project('e2e', { timeoutMs: 300_000, parallel: false }),
      project('rie', { timeoutMs: 300_000, parallel: false }),
    ],
  },
});
