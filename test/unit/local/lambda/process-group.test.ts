import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../../local/lambda/history.ts';
import { type ProcessGroup, startProcess } from '../../../../local/lambda/process-group.ts';

const run = promisify(execFile);

async function start(script: string, lines: LogLine[] = []): Promise<ProcessGroup> {
  const program = { name: 'one', command: 'sh', args: ['-c', script], directory: '/' };
  const env = { PATH: process.env.PATH ?? '' };
  return await startProcess({ ...program, env }, (line) => lines.push(line));
}

describe('a process group', () => {
  it('hands on every line, with where it came from', async () => {
    const lines: LogLine[] = [];

    const group = await start('echo out; echo err >&2', lines);
    await group.drained;

    expect(lines).toContainEqual({ source: 'one', stream: 'stdout', text: 'out' });
    expect(lines).toContainEqual({ source: 'one', stream: 'stderr', text: 'err' });
  });

  it('is killed with the children of its process', async () => {
    const lines: LogLine[] = [];
    const group = await start('sleep 60 & echo $!; wait', lines);
    while (lines.length === 0) await pause(5);

    group.signal('SIGKILL');
    await group.drained;

    const child = Number(lines[0]?.text);
    await expect.poll(() => isRunning(child)).toBe(false);
  });

  it('tells a code from a signal', async () => {
    const [ended, killed] = [await start('exit 7'), await start('kill -9 $$')];

    expect(await ended.exited).toEqual({ code: 7, signal: null });
    expect(await killed.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('rejects with the code of the system when there is no such program', async () => {
    const program = {
      name: 'none',
      command: '/no/such/program',
      args: [],
      env: {},
      directory: '/',
    };

    await expect(startProcess(program, () => {})).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('dies with us, even if we are killed while it is stopped', async () => {
    const module = new URL('../../../../local/lambda/process-group.ts', import.meta.url);
    const script = `
      const { startProcess } = await import(${JSON.stringify(module.href)});
      const program = { name: 'p', command: 'sh', args: ['-c', 'echo $$; sleep 60'], env: process.env };
      const group = await startProcess({ ...program, directory: '/' }, ({ text }) => {
        console.log(text);
        group.signal('SIGSTOP');
        setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50);
      });`;

    const ended: { stdout: string } = await run(process.execPath, [
      '--input-type=module',
      '--eval',
      script,
    ]).catch((error: { stdout: string }) => error);

    const child = Number(ended.stdout);
    expect(child).toBeGreaterThan(1);
    await expect.poll(() => isRunning(child), { timeout: 5_000 }).toBe(false);
  });
});

/** A zombie that nobody has waited for yet has ended as well. */
async function isRunning(pid: number): Promise<boolean> {
  const { stdout } = await run('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}
