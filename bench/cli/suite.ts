import { runningParts } from '../../local/running-parts.ts';
import type { Measurement } from '../measurement.ts';
import { openStackBehindTls } from '../stack-behind-tls.ts';
import { measureAgentHour } from './agent-hour.ts';
import { measureAgentMemory } from './agent-memory.ts';
import { packageCli } from './packaged-cli.ts';
import { measureTokens } from './token-times.ts';

/** The command line as it is installed, from start to end, and as a sidecar. */
export async function measureCli(): Promise<readonly Measurement[]> {
  const parts = runningParts();
  try {
    const api = await parts.add(openStackBehindTls());
    const cli = await parts.add(packageCli(api));
    return [
      ...(await measureTokens(api, cli)),
      ...(await measureAgentMemory(api, cli)),
      ...(await measureAgentHour()),
    ];
  } finally {
    await parts.close();
  }
}
