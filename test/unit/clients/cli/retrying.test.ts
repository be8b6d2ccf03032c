import { describe, expect, it } from 'vitest';
import {
  ClientError,
  type ClientErrorReason,
} from '../../../../clients/api-client/client-error.ts';
import { patienceOf, retrying } from '../../../../clients/cli/retrying.ts';
import { aClock } from '../../../builders/clock.ts';

/** Patience whose time passes in its pauses. */
function aPatience(waitMs: number) {
  const clock = aClock();
  const pauses: number[] = [];
  const sleep = async (ms: number) => {
    pauses.push(ms);
    clock.advance(ms / 1000);
  };
  return { waitMs, clock, sleep, random: () => 1, pauses };
}

function failing(errors: readonly Error[]) {
  let at = 0;
  const work = async () => {
    const error = errors[at++];
    if (error !== undefined) throw error;
    return 'done';
  };
  return { work, calls: () => at };
}

const unreachable = new ClientError('unreachable');

describe('a call that is tried again', () => {
  it('pauses for longer each time, up to eight seconds', async () => {
    const patience = aPatience(60_000);

    expect(await retrying(failing(Array(7).fill(unreachable)).work, patience)).toBe('done');

    expect(patience.pauses).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it('waits as long as Retry-After says', async () => {
    const patience = aPatience(60_000);
    const throttled = new ClientError('throttled', { retryAfterSeconds: 20 });

    await retrying(failing([throttled]).work, patience);

    expect(patience.pauses).toEqual([20_000]);
  });

  it.each([0, 400, 10_000])('ends in time with %i ms of patience', async (waitMs) => {
    const patience = aPatience(waitMs);
    const started = +patience.clock();

    await expect(retrying(failing(Array(99).fill(unreachable)).work, patience)).rejects.toBe(
      unreachable,
    );

    expect(+patience.clock() - started).toBeLessThanOrEqual(waitMs);
  });

  it.each<ClientErrorReason>(['denied', 'identity-missing', 'answer-unreadable', 'url-invalid'])(
    'is not tried again after %s',
    async (reason) => {
      const { work, calls } = failing([new ClientError(reason)]);

      await expect(retrying(work, aPatience(60_000))).rejects.toMatchObject({ reason });

      expect(calls()).toBe(1);
    },
  );
});

it('--wait takes seconds', () => {
  expect(patienceOf('2', aClock()).waitMs).toBe(2000);
  expect(() => patienceOf('soon', aClock())).toThrow(expect.objectContaining({ exitCode: 2 }));
});
