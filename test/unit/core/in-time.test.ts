import { describe, expect, it } from 'vitest';
import { inTime } from '../../../core/in-time.ts';
import { deferred, isPending, settle } from '../../builders/deferred.ts';

const never = new Promise<never>(() => undefined);

describe('inTime', () => {
  it('is what the work comes to', async () => {
    const failed = inTime(never, Promise.reject(new TypeError('planted')));

    await expect(inTime(never, Promise.resolve('done'))).resolves.toBe('done');
    await expect(failed).rejects.toThrow('planted');
  });

  it('waits for neither longer than for the other', async () => {
    const [time, work] = [deferred<void>(), deferred<string>()];

    const result = inTime(time.promise, work.promise);

    expect(await isPending(result)).toBe(true);
    time.resolve();
    await expect(result).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'out-of-time',
    });
  });

  it('says why, where it is told', async () => {
    const result = inTime(Promise.resolve(), never, 'audit-unwritable');

    await expect(result).rejects.toMatchObject({ reason: 'audit-unwritable' });
  });

  it('lets work fail unheard that nobody waits for any more', async () => {
    const work = deferred<never>();
    const result = inTime(Promise.resolve(), work.promise);
    await expect(result).rejects.toMatchObject({ reason: 'out-of-time' });

    // Were it not heard, the test runner would report an unhandled rejection.
    work.reject(new Error('planted'));
    await settle();
  });
});
