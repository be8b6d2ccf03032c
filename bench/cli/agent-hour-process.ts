import { setTimeout as pause } from 'node:timers/promises';
import { runningParts } from '../../local/running-parts.ts';
import { cpuTimeMs } from '../cpu-time.ts';
import { absolute, type Measurement } from '../measurement.ts';
import { openStackBehindTls } from '../stack-behind-tls.ts';
import { startAgent } from './agent-process.ts';
import { packageCli } from './packaged-cli.ts';

/**
 * The other end of `agent-hour.ts`, started with `fast-time.cjs`, whose path it is told: gives the agent
 * the same time, the API, and an hour.
 */
const { FAST_TIME_FROM = '', FAST_TIME_SPEED = '' } = process.env;
const preload = process.argv[2] ?? '';

/** Six tokens: one is replaced after two thirds of its 15 minutes. Jitter, and a hurried clock, move one. */
const [fewestTokens, mostTokens] = [5, 8];

async function measure(): Promise<Measurement> {
  const parts = runningParts();
  try {
    const api = await parts.add(openStackBehindTls());
    const cli = await parts.add(packageCli(api));
    const env = { FAST_TIME_FROM, FAST_TIME_SPEED };
    const agent = await parts.add(startAgent(api, cli, { preload, env }));
    const [recordsBefore, msBefore] = [api.stack.auditRecords.length, await cpuTimeMs(agent.pid)];
    await anHour();
    const tookMs = (await cpuTimeMs(agent.pid)) - msBefore;
    expectTokens(api.stack.auditRecords.length - recordsBefore);
    return absolute('agent, processor time of an hour (simulated)', 'ms', tookMs);
  } finally {
    await parts.close();
  }
}

/** These timers are real ones. */
function anHour(): Promise<void> {
  return pause(3_600_000 / Number(FAST_TIME_SPEED));
}

/** @throws Error unless tokens came as often as they do in an hour. */
function expectTokens(count: number): void {
  if (count < fewestTokens || count > mostTokens) throw new Error(`${count} tokens in an hour`);
}

const measurement = await measure();
process.send?.([measurement]);
process.disconnect();
