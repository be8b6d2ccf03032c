import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { figuresOf } from '../figures-of.ts';
import type { Measurement } from '../measurement.ts';

const program = fileURLToPath(new URL('./agent-hour-process.ts', import.meta.url));
const preload = fileURLToPath(new URL('./fast-time.cjs', import.meta.url));

/** An hour in 15 s. A pass of the agent's, 1 ms, then takes a quarter of a second: still short beside 5 s. */
const speed = 240;

/**
 * What an hour of a sidecar computes, in a quarter of a minute. Time passes faster for the agent and for
 * the API alike, which is why the API has a process of its own: the SDK's signer asks no clock but the
 * process's.
 */
export async function measureAgentHour(): Promise<readonly Measurement[]> {
  const variables = { FAST_TIME_FROM: String(Date.now()), FAST_TIME_SPEED: String(speed) };
  const child = fork(program, [preload], {
    env: { ...process.env, ...variables },
    execArgv: ['--require', preload],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return figuresOf(child, 'the hour of the agent');
}
