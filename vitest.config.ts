import { defineConfig } from 'vitest/config';

const project = (name: string, options: { timeoutMs?: number; parallel?: boolean } = {}) => ({
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
      project('unit', { timeoutMs: 10_000 }),
      project('integration', { timeoutMs: 60_000 }),
      project('infra', { timeoutMs: 30_000 }),
      project('e2e', { timeoutMs: 300_000, parallel: false }),
      project('rie', { timeoutMs: 300_000, parallel: false }),
    ],
  },
});
