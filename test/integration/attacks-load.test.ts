import { afterEach, describe, expect, it } from 'vitest';
import { parseToken } from '../../core/token.ts';
import { identityOf } from '../../local/callers.ts';
import { externalId, roleArns } from '../../local/organization.ts';
import { vend, vendAs } from './support/callers.ts';
import { aHeldStack } from './support/held-stack.ts';
import { type HttpAnswer, outcomeOf, vendedOf } from './support/http.ts';
import { editRegistry } from './support/registry-edits.ts';

const { stack, clock } = await aHeldStack();

// No session outlives a test.
afterEach(() => clock.advance(3600));

const callsForPayments = (): number => stack.sts.calls.count(roleArns.payments);

function outcomesOf(answers: readonly HttpAnswer[]): string[] {
  return [...new Set(answers.map(outcomeOf))];
}

describe('A25: a herd', () => {
  it('of 200 first requests at once costs one AssumeRole, and gets one token', async () => {
    const jwt = await identityOf(stack, 'orders-pod');
    const before = callsForPayments();

    const answers = await Promise.all(Array.from({ length: 200 }, () => vend(stack, jwt)));

    expect(outcomesOf(answers)).toEqual(['200']);
    expect(callsForPayments() - before).toBe(1);
    expect(new Set(answers.map((answer) => vendedOf(answer).token)).size).toBe(1);
    expect(new Set(answers.map((answer) => vendedOf(answer).id)).size).toBe(200);
  });

  it('is served although its first member hangs up', async () => {
    const jwt = await identityOf(stack, 'orders-pod');
    const before = callsForPayments();
    stack.sts.faults.next({ kind: 'slow', delayMs: 300 });
    const impatience = new AbortController();

    const first = vend(stack, jwt, undefined, { signal: impatience.signal });
    const gone = expect(first).rejects.toMatchObject({ name: 'AbortError' });
    const others = Array.from({ length: 20 }, () => vend(stack, jwt));
    await expect.poll(callsForPayments).toBe(before + 1);
    impatience.abort();

    await gone;
    expect(outcomesOf(await Promise.all(others))).toEqual(['200']);
    expect(callsForPayments() - before).toBe(1);
  });

  it('of different callers costs one AssumeRole for each', async () => {
    const before = callsForPayments();

    const answers = await Promise.all([
      ...Array.from({ length: 20 }, () => vendAs(stack, 'orders-pod')),
      ...Array.from({ length: 20 }, () => vendAs(stack, 'engineer')),
    ]);

    const keys = answers.map((answer) => parseToken(vendedOf(answer).token)?.accessKeyId);
    expect(new Set(keys).size).toBe(2);
    expect(callsForPayments() - before).toBe(2);
  });
});

describe('A24: a caller who insists', () => {
  it('while STS fails costs it a few calls and is told that it fails, while another is served', async () => {
    const jwt = await identityOf(stack, 'orders-pod');
    for (let call = 0; call < 5; call += 1) {
      stack.sts.faults.next({ kind: 'garbage' });
      expect(outcomeOf(await vend(stack, jwt))).toBe('503 UPSTREAM_UNAVAILABLE');
    }
    const before = stack.sts.calls.count();

    const noisy = await Promise.all(Array.from({ length: 20 }, () => vend(stack, jwt)));
    const quiet = await vendAs(stack, 'engineer');

    expect(outcomesOf(noisy)).toEqual(['503 UPSTREAM_UNAVAILABLE']);
    expect(noisy[0]?.headers['retry-after']).toBe('2');
    expect(outcomeOf(quiet)).toBe('200');
    expect(stack.sts.calls.count() - before).toBe(1);
  });

  it('with `fresh` gets a new token every ten seconds, and no new session for it', async () => {
    const jwt = await identityOf(stack, 'orders-pod');
    const wish = { database: 'orders', fresh: true };
    const before = callsForPayments();
    const tokens = new Set<string>();
    for (let second = 0; second < 20; second += 1) {
      tokens.add(vendedOf(await vend(stack, jwt, wish)).token);
      clock.advance(1);
    }

    expect(tokens.size).toBe(2);
    expect(callsForPayments() - before).toBe(1);
  });

  it('on what STS denies costs one call in ten seconds', async () => {
    await editRegistry(stack, clock, [[`externalId: ${externalId}`, 'externalId: another-one']]);
    const jwt = await identityOf(stack, 'orders-pod');
    const before = callsForPayments();

    const answers = await Promise.all(Array.from({ length: 20 }, () => vend(stack, jwt)));
    clock.advance(9);
    const later = await vend(stack, jwt);

    expect(outcomesOf([...answers, later])).toEqual(['500 INTERNAL']);
    expect(callsForPayments() - before).toBe(1);
  });
});
