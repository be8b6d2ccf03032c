import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';

const source = new URL('../../../../clients/identity/process-end.ts', import.meta.url);

/** A process with work to do at its end, that runs until a signal ends it; `more` runs in it as well. */
async function aProcess(more = '') {
  const program = `
    import { onceThisProcessEnds } from '${source}';
    onceThisProcessEnds(() => console.log('work'));
    ${more}
    setInterval(() => undefined, 1000);
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  const said = (text: string) =>
    expect.poll(() => out, { timeout: 20_000, interval: 5 }).toContain(text);
  await said('ready');
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out }));
  return { child, said, ended };
}

const listener = "process.once('SIGTERM', () => console.log('heard'));";

describe('work that is done when the process ends', () => {
  it('is done for a signal that nobody listens to, which then ends the process', async () => {
    const { child, ended } = await aProcess();

    child.kill('SIGTERM');

    expect(await ended).toMatchObject({ signal: 'SIGTERM', out: 'ready\nwork\n' });
  });

  it('is not done for a signal that somebody listens to', async () => {
    const { child, said, ended } = await aProcess(listener);

    child.kill('SIGTERM');
    await said('heard');
    child.kill('SIGKILL');

    expect((await ended).out).toBe('ready\nheard\n');
  });

  it('is done for a second signal, to which nobody listens any more', async () => {
    const { child, said, ended } = await aProcess(listener);

    child.kill('SIGTERM');
    await said('heard');
    child.kill('SIGTERM');

    expect(await ended).toMatchObject({ signal: 'SIGTERM', out: 'ready\nheard\nwork\n' });
  });
});
