import { describe, expect, it } from 'vitest';
import { createSingleFlight } from '../../../adapters/single-flight.ts';
import { deferred } from '../../builders/deferred.ts';

describe('A25: a flight', () => {
  it('is shared by all who come before it ends', async () => {
    const flights = createSingleFlight<string>();
    const answer = deferred<string>();

    const first = flights.join('key', () => answer.promise);
    const second = flights.join('key', async () => 'another');
    answer.resolve('the one');

    expect(await Promise.all([first, second])).toEqual(['the one', 'the one']);
  });

  it.each(['resolves', 'rejects'])('is over when its work %s', async (how) => {
    const flights = createSingleFlight<string>();

    await flights
      .join('key', async () => {
        if (how === 'rejects') throw new Error('no');
        return 'old';
      })
      .catch(() => undefined);

    expect(await flights.join('key', async () => 'new')).toBe('new');
  });

  it('carries nobody who wants something else', async () => {
    const flights = createSingleFlight<string>();
    const never = deferred<string>();

    void flights.join('one', () => never.promise);

    expect(await flights.join('other', async () => 'answer')).toBe('answer');
  });
});
