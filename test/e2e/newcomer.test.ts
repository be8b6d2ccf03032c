import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What a newcomer has: the tools, and nothing of ours. */
const { PATH = '', HOME = '' } = process.env;
const surroundings = { cwd: root, env: { PATH, HOME } };

let system: ChildProcess;
let printed = '';

beforeAll(async () => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  // Without npm around it, so that it is the process that is to be stopped.
  system = spawn('sh', ['-c', `exec ${scripts.start}`], surroundings);
  system.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await vi.waitUntil(() => printed.includes('Ctrl-C stops everything'), { timeout: 60_000 });
});
afterAll(async () => {
  const ended = system.exitCode === null ? once(system, 'close') : undefined;
  system.kill('SIGTERM');
  await ended;
});

/** The lines for a second shell, each without what is said about it. */
function linesIn(text: string): readonly string[] {
  const lines = text.match(/^ *(?:export TOKENVEND_API_URL=|npx tokenvend ).*$/gm) ?? [];
  return lines.map((line) => line.replace(/ +# .*$/, '').trim());
}

/** Ports are others at each start. */
const withoutPorts = (line: string): string => line.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:…');

/** Runs lines in a shell, with `typed` on standard input. */
async function inShell(lines: readonly string[], typed = ''): Promise<string> {
  const shell = spawn('sh', ['-ec', lines.join('\n')], surroundings);
  let out = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  shell.stdin.end(typed);
  await once(shell, 'close');
  return out;
}

describe('a newcomer with README.md alone', () => {
  it('reads there what npm start prints', () => {
    const readme = linesIn(readFileSync(`${root}README.md`, 'utf8'));

    expect(readme.map(withoutPorts)).toEqual(linesIn(printed).map(withoutPorts));
  });

  it('opens a session in psql with the lines for a second shell', async () => {
    const [settings = '', exec = ''] = linesIn(printed);

    const out = await inShell([settings, exec], 'select current_user;\n');

    expect(exec).toBe('npx tokenvend exec orders -- psql');
    expect(out).toContain('orders_app');
  });

  it('has the doctor find nothing wrong', async () => {
    const [settings = '', , doctor = ''] = linesIn(printed);

    expect(await inShell([settings, doctor])).toMatch(/^ok +login +in as orders_app/m);
  });
});
