import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunningPart } from '../../local/running-parts.ts';

/** A server that gives one answer to everybody. */
export interface BareServer extends RunningPart {
  readonly pid: number;
  readonly port: number;
}

const program = fileURLToPath(new URL('./bare-server.cjs', import.meta.url));

/** Starts one that repeats `answer`, head and body, as it came from another server. */
export async function startBareServer(answer: string): Promise<BareServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-bench-'));
  const file = join(folder, 'answer.json');
  await writeFile(file, JSON.stringify(partsOf(answer)));
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout, 'data');
  const { pid = 0 } = child;
  return {
    pid,
    port: Number(port),
    async close() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Of the headers, those that an application sets; Node adds the others to every answer. */
export function partsOf(answer: string) {
  const headEnd = answer.indexOf('\r\n\r\n');
  const [, ...lines] = answer.slice(0, headEnd).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    headers: Object.fromEntries(headers.filter(([name]) => !addedByNode.has(name))),
    body: answer.slice(headEnd + 4),
  };
}

const addedByNode: ReadonlySet<string> = new Set(['connection', 'date', 'keep-alive']);
