import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

const program = fileURLToPath(new URL('real-servers/hold-servers.ts', import.meta.url));
const places = z.object({ directory: z.string(), folders: z.array(z.string()) });

describe('real servers', () => {
  it('leave no process, no file and no PAM service when their parent is killed', async () => {
    const parent = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface(parent.stdout), 'line');
    const { directory, folders } = places.parse(JSON.parse(String(line)));
    const running = folders.map((folder) => tracesOf(folder));

    parent.kill('SIGKILL');

    expect(running).toEqual([allTraces, allTraces]);
    await vi.waitFor(
      () => expect(folders.map((folder) => tracesOf(folder))).toEqual([noTraces, noTraces]),
      { timeout: 20_000, interval: 100 },
    );
    rmSync(directory, { recursive: true });
  });
});

interface Traces {
  readonly folder: boolean;
  readonly process: boolean;
  readonly pamService: boolean;
}

const allTraces: Traces = { folder: true, process: true, pamService: true };
const noTraces: Traces = { folder: false, process: false, pamService: false };

function tracesOf(folder: string): Traces {
  return {
    folder: existsSync(folder),
    process: mentionedIn('/proc', 'cmdline', folder),
    pamService: mentionedIn('/etc/pam.d', '', folder),
  };
}

/** Whether a file of a folder's entries holds the text; entries come and go meanwhile. */
function mentionedIn(parent: string, file: string, wanted: string): boolean {
  return readdirSync(parent).some((entry) => {
    try {
      return readFileSync(`${parent}/${entry}/${file}`.replace(/\/$/, ''), 'utf8').includes(wanted);
    } catch {
      return false;
    }
  });
}
