import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../clients/agent/file-keeper.ts';
import { firstFiles, keepFresh } from '../../../../clients/agent/keep-fresh.ts';
import { WriteError } from '../../../../clients/agent/write-error.ts';
import {
  ClientError,
  type ClientErrorReason,
} from '../../../../clients/api-client/client-error.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { aClock } from '../../../builders/clock.ts';

const written: Outcome = { alias: 'a', state: 'written', answer: anAnswer(), stale: false };
const failing = (error: unknown): Outcome => ({ alias: 'b', state: 'failed', error });
const down = failing(new ClientError('unreachable'));

/** A loop whose time passes while it sleeps; `passes` are its outcomes, the last one for ever. */
function aLoop(passes: readonly (readonly Outcome[])[]) {
  const clock = aClock();
  const ended = new AbortController();
  const loop = {
    made: 0,
    slept: 0,
    keeper: { pass: async () => passes[Math.min(loop.made++, passes.length - 1)] ?? [] },
    sleep: async (ms: number) => {
      loop.slept += ms;
      clock.advance(ms / 1000);
    },
    signal: ended.signal,
    clock,
    end: () => ended.abort(),
  };
  return loop;
}

describe('the first files', () => {
  it('are there when every target has its own', async () => {
    const loop = aLoop([
      [written, down],
      [written, down],
      [written, written],
    ]);

    expect(await firstFiles(loop, 10_000)).toEqual([written, written]);

    expect(loop.made).toBe(3);
  });

  it('are waited for as long as was said', async () => {
    const loop = aLoop([[down]]);

    await expect(firstFiles(loop, 10_000)).rejects.toMatchObject({ reason: 'unreachable' });

    expect(loop.slept).toBe(10_000);
  });

  it('are waited for while a call is under way, which says in the end what was wrong', async () => {
    const underWay = failing(new ClientError('gave-up-waiting'));
    const loop = aLoop([
      [written, underWay],
      [written, underWay],
      [written, down],
    ]);

    await expect(firstFiles(loop, 0)).rejects.toMatchObject({ reason: 'unreachable' });

    expect(loop.made).toBe(3);
  });

  it.each<[ClientErrorReason]>([
    ['identity-late'],
    ['identity-command-late'],
    ['github-token-late'],
    ['credentials-late'],
    ['container-credentials-late'],
  ])('are waited for after %s, as what is slow may be quick the next time', async (reason) => {
    const loop = aLoop([[failing(new ClientError(reason))], [written]]);

    expect(await firstFiles(loop, 10_000)).toEqual([written]);
  });

  it.each<[ClientErrorReason]>([
    ['denied'],
    ['unauthenticated'],
    ['identity-missing'],
    ['request-invalid'],
    ['answer-unreadable'],
  ])('are not waited for after %s', async (reason) => {
    const loop = aLoop([[down, failing(new ClientError(reason))]]);

    await expect(firstFiles(loop, 10_000)).rejects.toMatchObject({ reason });

    expect(loop.made).toBe(1);
  });

  it('are not waited for where they cannot be written', async () => {
    const loop = aLoop([[failing(new WriteError('file-unwritable', '/x', 'EROFS'))]]);

    await expect(firstFiles(loop, 10_000)).rejects.toMatchObject({ reason: 'file-unwritable' });
  });
});

describe('keeping files fresh', () => {
  it('A26: makes a pass every five seconds, whatever comes of it, until it is ended', async () => {
    const loop = aLoop([[down]]);
    const { sleep } = loop;
    loop.sleep = async (ms) => {
      await sleep(ms);
      if (loop.slept >= 60_000) loop.end();
    };

    await keepFresh(loop);

    expect(loop.made).toBe(11);
  });

  it('ends at once, although a pass waits for an API that is silent', async () => {
    const loop = aLoop([[written]]);
    loop.keeper = { pass: () => new Promise(() => loop.end()) };

    await expect(keepFresh(loop)).resolves.toBeUndefined();
  });
});
