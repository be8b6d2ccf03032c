import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type RunningPart, runningParts } from '../../local/running-parts.ts';
import { compared, type Measurement } from '../measurement.ts';
import { processMemory } from '../process-memory.ts';
import type { StackBehindTls } from '../stack-behind-tls.ts';
import { startAgent } from './agent-process.ts';
import type { PackagedCli } from './packaged-cli.ts';

/** One pass that vends, and one that finds nothing to do. */
const settleMs = 6000;

/** An agent with one target that waits for its next pass, against a Node that waits for nothing. */
export async function measureAgentMemory(
  api: StackBehindTls,
  cli: PackagedCli,
): Promise<Measurement[]> {
  const parts = runningParts();
  try {
    const agent = await parts.add(startAgent(api, cli));
    const idle = await parts.add(startIdleNode());
    await pause(settleMs);
    const [value, peer] = [await processMemory(agent.pid), await processMemory(idle.pid)];
    const [anonymous, resident] = (['anonymousMb', 'residentMb'] as const).map((kind) => ({
      value: value[kind],
      peer: peer[kind],
    }));
    if (anonymous === undefined || resident === undefined) throw new Error('nothing was measured');
    return [
      compared('agent, memory idle, anonymous / an idle Node', 'MB', anonymous),
      compared('agent, memory idle, resident / an idle Node', 'MB', resident),
    ];
  } finally {
    await parts.close();
  }
}

interface IdleNode extends RunningPart {
  readonly pid: number;
}

async function startIdleNode(): Promise<IdleNode> {
  const script = 'setInterval(() => {}, 1000)';
  const child = spawn(process.execPath, ['--eval', script], { stdio: 'ignore' });
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    async close() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
