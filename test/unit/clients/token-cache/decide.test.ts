import { describe, expect, test } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import {
  type Asked,
  type Decision,
  decide,
  type Known,
} from '../../../../clients/token-cache/decide.ts';
import type { Entry } from '../../../../clients/token-cache/entry.ts';
import type { Failure } from '../../../../clients/token-cache/failure.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { secondsAfter, startOfTest } from '../../../builders/clock.ts';

/** A token that came at the start, is to be renewed after 600 s, and ends after 900 s. */
function anEntry(parts: Partial<Entry> = {}): Entry {
  return {
    answer: anAnswer(),
    fresh: false,
    arrivedAtMs: 0,
    refreshAtMs: 600_000,
    endsAtMs: 900_000,
    expiresAtMs: secondsAfter(900).getTime(),
    ...parts,
  };
}

/** The API failed, and is not to be called before `retryAt` seconds. */
function aFailure(retryAt: number, error = new ClientError('unreachable')): Failure {
  return { error, retryAtMs: retryAt * 1000, inARow: 1 };
}

function at(seconds: number, parts: Partial<Asked> = {}): Asked {
  const now = { passedMs: seconds * 1000, wall: secondsAfter(seconds, startOfTest) };
  return { fresh: false, minTtlMs: 60_000, now, ...parts };
}

const inWords = (decision: Decision): string =>
  decision.do === 'serve'
    ? `${decision.state}${decision.refresh ? ', and call' : ''}`
    : decision.do;

const ordinary = { fresh: false };
const fresh = { fresh: true };
const renewed = anEntry({ fresh: true });

describe('decide', () => {
  test.each<[situation: string, Known, Asked, expected: string]>([
    ['nothing is known', {}, at(0), 'call'],
    ['another is calling already', { flight: ordinary }, at(0), 'wait'],
    ['the last call failed', { failure: aFailure(5) }, at(4.999), 'fail'],
    ['the back-off is over', { failure: aFailure(5) }, at(5), 'call'],

    ['there is a token', { entry: anEntry() }, at(599.999), 'hit'],
    ['it is to be renewed', { entry: anEntry() }, at(600), 'hit, and call'],
    ['it is being renewed', { entry: anEntry(), flight: ordinary }, at(600), 'hit'],
    ['it could not be renewed', { entry: anEntry(), failure: aFailure(701) }, at(700), 'stale'],
    [
      'it may be tried again',
      { entry: anEntry(), failure: aFailure(700) },
      at(700),
      'stale, and call',
    ],
    ['a fresh one could not be had', { entry: anEntry(), failure: aFailure(9) }, at(8), 'stale'],
    ['the minimum is left', { entry: anEntry(), flight: ordinary }, at(840), 'hit'],
    ['less than the minimum is left', { entry: anEntry() }, at(840.001), 'call'],
    ['less than that, and another calls', { entry: anEntry(), flight: ordinary }, at(841), 'wait'],
    [
      'less than that, and the API is down',
      { entry: anEntry(), failure: aFailure(900) },
      at(841),
      'fail',
    ],
    [
      'a smaller minimum is left',
      { entry: anEntry() },
      at(870, { minTtlMs: 30_000 }),
      'hit, and call',
    ],
    [
      'A19: the wall clock says that it has ended',
      { entry: anEntry() },
      at(100, { now: { passedMs: 100_000, wall: secondsAfter(841) } }),
      'call',
    ],
    [
      'A19: only the wall clock says that it lives on',
      { entry: anEntry() },
      at(841, { now: { passedMs: 841_000, wall: secondsAfter(100) } }),
      'call',
    ],

    ['a fresh one is asked for', { entry: anEntry() }, at(5, fresh), 'call'],
    ['a fresh one is asked for, and there is none', {}, at(5, fresh), 'call'],
    ['a fresh one is on its way', { entry: anEntry(), flight: fresh }, at(5, fresh), 'wait'],
    ['an ordinary one is on its way', { entry: anEntry(), flight: ordinary }, at(5, fresh), 'wait'],
    ['a fresh one has just come', { entry: renewed }, at(9.999, fresh), 'hit'],
    ['a fresh one came a while ago', { entry: renewed }, at(10, fresh), 'call'],
    [
      'a fresh one cannot be had',
      { entry: anEntry(), failure: aFailure(9) },
      at(5, fresh),
      'stale',
    ],
    ['a fresh one cannot be had, nor an old one', { failure: aFailure(9) }, at(5, fresh), 'fail'],
    ['others want a fresh one', { entry: anEntry(), flight: fresh }, at(5), 'hit'],
  ])('when %s', (_situation, known, asked, expected) => {
    expect(inWords(decide(known, asked))).toBe(expected);
  });

  test('says how long the back-off lasts on', () => {
    const decision = decide({ failure: aFailure(30) }, at(10.5));

    expect(decision).toMatchObject({
      do: 'fail',
      error: { reason: 'unreachable', retryAfterSeconds: 20 },
    });
  });
});
