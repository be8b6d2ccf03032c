import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { figuresOf } from './figures-of.ts';
import type { Measurement } from './measurement.ts';

const entry = fileURLToPath(new URL('./suite-process.ts', import.meta.url));

/** What template.yaml gives the functions: without it Powertools warns on every request. */
const powertools = {
  POWERTOOLS_LOG_LEVEL: 'INFO',
  POWERTOOLS_METRICS_NAMESPACE: 'tokenvend',
  POWERTOOLS_SERVICE_NAME: 'tokens',
};

/**
 * Measures one suite in a process of its own, so that none inherits another's heap and compiled code.
 * Its stdout goes to the null device: that is where functions write audit records and metrics, as they
 * do on Lambda, and the figures come over a channel instead.
 *
 * Rejects where the suite fails, whose error is then on stderr.
 */
export async function runSuite(suite: string): Promise<readonly Measurement[]> {
  const child = fork(entry, [suite], {
    env: { ...process.env, ...powertools },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const figures = await figuresOf(child, `the suite ${suite}`);
  return figures.map((one) => ({ ...one, name: `${suite}: ${one.name}` }));
}
