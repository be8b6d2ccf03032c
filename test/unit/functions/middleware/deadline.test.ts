import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withDeadline } from '../../../../functions/middleware/deadline.ts';
import { aContext } from '../../../builders/events.ts';

const context = aContext({ leftMs: 9_000 });
const never = new Promise<never>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What has become of `promise` so far. */
function following(promise: Promise<unknown>) {
  const seen: { state: unknown } = { state: 'pending' };
  promise.then(
    (value) => {
      seen.state = value;
    },
    (error) => {
      seen.state = error;
    },
  );
  return seen;
}

describe('withDeadline', () => {
  it('is what the work comes to, and leaves no timer', async () => {
    await expect(withDeadline(context, async () => 'done')).resolves.toBe('done');

    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails as the work does, and leaves no timer', async () => {
    const failing = withDeadline(context, () => Promise.reject(new TypeError('planted')));

    await expect(failing).rejects.toThrow('planted');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells the work 1.5 s before the limit that it has to end', async () => {
    let told: { state: unknown } | undefined;
    void withDeadline(context, (outOfTime) => {
      told = following(outOfTime);
      return never;
    }).catch(() => undefined);

    await vi.advanceTimersByTimeAsync(7_499);
    expect(told?.state).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(told?.state).toBeUndefined();
  });

  it('A22: gives up 0.25 s before the limit what is still being recorded', async () => {
    const answer = following(withDeadline(context, () => never));

    await vi.advanceTimersByTimeAsync(8_749);
    expect(answer.state).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(answer.state).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'audit-unwritable',
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has no time at all where there is less than that left', async () => {
    const late = following(withDeadline(aContext({ leftMs: 100 }), () => never));

    await vi.advanceTimersByTimeAsync(1);

    expect(late.state).toMatchObject({ reason: 'audit-unwritable' });
  });
});
