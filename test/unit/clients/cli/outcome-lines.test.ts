import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../clients/agent/file-keeper.ts';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import { createNewsOnly } from '../../../../clients/cli/outcome-lines.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { aClock } from '../../../builders/clock.ts';

const refused = (n: number, hint?: 'no-team' | 'choose-team'): Outcome => {
  const requestId = `0198a3b2-7c41-7d0e-9f3a-${String(n).padStart(12, '0')}`;
  return {
    alias: 'orders',
    state: 'failed',
    error: new ClientError('denied', { hint, requestId }),
  };
};
const written = (mark = 0): Outcome => {
  const at = new Date(Date.UTC(2026, 2, 1, 12, mark));
  return { alias: 'orders', state: 'written', answer: anAnswer({ at }), stale: false };
};

/** How many of the outcomes are said, one every `seconds`. */
function saidOf(outcomes: readonly Outcome[], seconds = 10): number {
  const [news, clock] = [createNewsOnly(), aClock()];
  return outcomes.reduce((count, outcome) => {
    clock.advance(seconds);
    return count + news([outcome], clock()).length;
  }, 0);
}

describe('what an agent says', () => {
  it('is not said again for each retry, whose request id is its own', () => {
    expect(saidOf([refused(1), refused(2), refused(3)])).toBe(1);
  });

  it('is said once more every 15 minutes, while it lasts', () => {
    const retries = Array.from({ length: 361 }, (_, n) => refused(n));

    expect(saidOf(retries)).toBe(5);
  });

  it('is said when the refusal is another', () => {
    expect(saidOf([refused(1, 'no-team'), refused(2, 'choose-team'), refused(3)])).toBe(3);
  });

  it('is said when it works again, and when it fails again', () => {
    expect(saidOf([refused(1), written(), written(), refused(2)])).toBe(3);
  });

  it('is said of every new token', () => {
    expect(saidOf([written(0), written(0), written(10)])).toBe(2);
  });

  it('is said of each target on its own', () => {
    const news = createNewsOnly();
    const now = aClock()();

    expect(news([refused(1), { ...refused(2), alias: 'ledger' }], now)).toHaveLength(2);
  });
});
