import { afterEach, describe, expect, it } from 'vitest';
import type { StsFault } from '../../local/aws/sts-faults.ts';
import { externalId } from '../../local/organization.ts';
import { vendAs } from './support/callers.ts';
import { aHeldStack } from './support/held-stack.ts';
import { outcomeOf, problemOf, vendedOf } from './support/http.ts';
import { editRegistry } from './support/registry-edits.ts';
import { lastRecord } from './support/test-stack.ts';

const { stack, clock } = await aHeldStack();

// Every test begins without a session, and with all its permits.
afterEach(() => clock.advance(3600));

/** The adapter tries twice, where trying again may help. */
function fail(fault: StsFault, tries: number): void {
  for (let one = 0; one < tries; one += 1) stack.sts.faults.next(fault);
}

describe('STS', () => {
  it('may be slow', async () => {
    stack.sts.faults.next({ kind: 'slow', delayMs: 200 });

    expect(outcomeOf(await vendAs(stack, 'orders-pod'))).toBe('200');
  });

  it.each(['error', 'throttle'] as const)(
    'may fail once with %s: it is asked again',
    async (kind) => {
      const before = stack.sts.calls.count();
      stack.sts.faults.next({ kind });

      expect(outcomeOf(await vendAs(stack, 'orders-pod'))).toBe('200');
      expect(stack.sts.calls.count() - before).toBe(2);
    },
  );

  it.each<readonly [StsFault, number, string, string]>([
    [{ kind: 'error' }, 2, '503 UPSTREAM_UNAVAILABLE', 'sts-unavailable'],
    [{ kind: 'throttle' }, 2, '429 THROTTLED', 'sts-throttled'],
    [{ kind: 'garbage' }, 1, '503 UPSTREAM_UNAVAILABLE', 'sts-unavailable'],
    [{ kind: 'no-expiration' }, 1, '503 UPSTREAM_UNAVAILABLE', 'sts-answer-invalid'],
  ])('in trouble is answered for: %j in %i tries is %s', async (fault, tries, outcome, reason) => {
    fail(fault, tries);

    const answer = await vendAs(stack, 'orders-pod');

    expect(outcomeOf(answer)).toBe(outcome);
    expect(problemOf(answer).retryable).toBe(true);
    expect(answer.headers['retry-after']).toBe('2');
    expect(lastRecord(stack)).toMatchObject({ outcome: 'failed', reason });
  });

  it('that says nothing is given up after two time-outs', async () => {
    fail({ kind: 'hang' }, 2);
    const startedAt = performance.now();

    const answer = await vendAs(stack, 'orders-pod');

    expect(outcomeOf(answer)).toBe('503 UPSTREAM_UNAVAILABLE');
    expect(performance.now() - startedAt).toBeLessThan(6_000);
    expect(lastRecord(stack).reason).toBe('sts-unavailable');
  });

  it('in trouble is not missed by who has a session', async () => {
    const first = vendedOf(await vendAs(stack, 'orders-pod'));
    clock.advance(3600 - 930);
    fail({ kind: 'error' }, 2);

    const later = vendedOf(await vendAs(stack, 'orders-pod'));

    expect(later.token).not.toBe(first.token);
    expect(later.expiresIn).toBe(900);
  });

  it('that denies is our fault and not the caller’s, and is not retried for', async () => {
    const [right, wrong] = [`externalId: ${externalId}`, 'externalId: not-the-one'] as const;
    await editRegistry(stack, clock, [[right, wrong]]);
    const before = stack.sts.calls.count();

    const answer = await vendAs(stack, 'orders-pod');

    expect(outcomeOf(answer)).toBe('500 INTERNAL');
    expect(problemOf(answer).retryable).toBe(false);
    expect(lastRecord(stack)).toMatchObject({ outcome: 'failed', reason: 'role-not-assumable' });
    expect(
      stack.sts.calls
        .recent()
        .slice(before)
        .map(({ outcome }) => outcome),
    ).toEqual(['AccessDenied']);
    await editRegistry(stack, clock, [[wrong, right]]);
    expect(outcomeOf(await vendAs(stack, 'orders-pod'))).toBe('200');
  });
});
