import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgentStatus } from '../../../../clients/agent/agent-status.ts';
import { type HealthServer, startHealthServer } from '../../../../clients/agent/health-server.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { secondsAfter, startOfTest } from '../../../builders/clock.ts';

let server: HealthServer;
let now = startOfTest;
const status = createAgentStatus(['orders'], startOfTest);

async function start(metrics: boolean): Promise<void> {
  const clock = (): Date => now;
  server = await startHealthServer({ status, clock, address: '127.0.0.1', port: 0, metrics });
}
beforeEach(() => start(true));
afterEach(() => server.close());

async function codeOf(path: string, method = 'GET'): Promise<number> {
  return (await fetch(`http://127.0.0.1:${server.port}${path}`, { method })).status;
}
const probes = async (): Promise<readonly number[]> =>
  Promise.all(['/startup', '/readiness', '/liveness'].map((path) => codeOf(path)));

describe('the probes of an agent', () => {
  it('follow its life: waiting, serving, and holding a token that has ended', async () => {
    const waiting = await probes();
    status.record(
      [{ alias: 'orders', state: 'written', answer: anAnswer(), stale: false }],
      startOfTest,
    );
    const serving = await probes();
    now = secondsAfter(890);
    const ended = await probes();

    expect([waiting, serving, ended]).toEqual([
      [503, 503, 200],
      [200, 200, 200],
      [200, 503, 503],
    ]);
  });

  it.each([
    ['/', 'GET', 404],
    ['/quitquitquit', 'POST', 405],
    ['/startup', 'POST', 405],
    ['/metrics?x=1', 'GET', 200],
  ])('answer %s (%s) with %i', async (path, method, code) => {
    expect(await codeOf(path, method)).toBe(code);
  });

  it('have no metrics unless those were asked for', async () => {
    server.close();
    await start(false);

    expect(await codeOf('/metrics')).toBe(404);
  });

  it('cannot be had on a port that is taken', async () => {
    const taken = { status, clock: () => now, address: '127.0.0.1', port: server.port };

    await expect(startHealthServer({ ...taken, metrics: false })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
