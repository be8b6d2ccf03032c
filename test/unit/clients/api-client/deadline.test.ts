import { describe, expect, it } from 'vitest';
import { startDeadline } from '../../../../clients/api-client/deadline.ts';
import { aClock } from '../../../builders/clock.ts';
import { errorOf } from './an-api-client.ts';

const never = new Promise<never>(() => undefined);

describe('a deadline', () => {
  it('says what was waited for', async () => {
    const deadline = startDeadline({ timeoutMs: 1, clock: () => new Date() });

    const reasons = await Promise.all([
      errorOf(deadline.bound(never)),
      errorOf(deadline.bound(never, 'credentials-late')),
    ]);

    expect(reasons.map(({ reason }) => reason)).toEqual(['timeout', 'credentials-late']);
  });

  it('says that the caller gave up, whatever was waited for', async () => {
    const caller = new AbortController();
    const { signal } = caller;
    const deadline = startDeadline({ timeoutMs: 60_000, clock: () => new Date(), signal });

    const waiting = errorOf(deadline.bound(never, 'identity-late'));
    caller.abort();

    expect((await waiting).reason).toBe('abandoned');
    deadline.clear();
  });

  it('A19: takes nothing that comes after it by the wall clock', async () => {
    const clock = aClock();
    const deadline = startDeadline({ timeoutMs: 60_000, clock });

    clock.advance(61);

    expect((await errorOf(deadline.bound(Promise.resolve('jwt'), 'identity-late'))).reason).toBe(
      'identity-late',
    );
    deadline.clear();
  });
});
