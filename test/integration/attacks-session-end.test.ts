import { afterEach, describe, expect, it } from 'vitest';
import { parseToken } from '../../core/token.ts';
import { roleArns } from '../../local/organization.ts';
import { vendAs } from './support/callers.ts';
import { aHeldStack } from './support/held-stack.ts';
import { outcomeOf, type Vended, vendedOf } from './support/http.ts';

const { stack, clock } = await aHeldStack();

afterEach(() => clock.advance(3600));

const sessionSeconds = 3600;

async function aVend(): Promise<Vended> {
  return vendedOf(await vendAs(stack, 'orders-pod'));
}

/** Both tries of the next call to STS fail. */
function failStsOnce(): void {
  stack.sts.faults.next({ kind: 'error' });
  stack.sts.faults.next({ kind: 'error' });
}

describe('A18: near the end of an STS session', () => {
  it('a new one is assumed while the old could still sign for 900 seconds', async () => {
    const first = await aVend();
    const calls = stack.sts.calls.count(roleArns.payments);
    clock.advance(sessionSeconds - 960);
    const last = await aVend();
    clock.advance(1);
    const next = await aVend();

    const keys = [first, last, next].map(({ token }) => parseToken(token)?.accessKeyId);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[1]);
    expect(stack.sts.calls.count(roleArns.payments)).toBe(calls + 1);
    expect([first, last, next].map(({ expiresIn }) => expiresIn)).toEqual([900, 900, 900]);
  });

  it('a token tells its real end, where only the old session is to be had', async () => {
    const first = await aVend();
    clock.advance(sessionSeconds - 600);
    failStsOnce();

    const short = await aVend();

    const sessionEnd = new Date(first.issuedAt.getTime() + sessionSeconds * 1000);
    expect(short.expiresAt).toEqual(sessionEnd);
    expect(short.expiresIn).toBe(600);
    expect(short.refreshAfter).toEqual(new Date(short.issuedAt.getTime() + 400_000));
  });

  it('nothing is signed any more in its last two minutes', async () => {
    await aVend();
    clock.advance(sessionSeconds - 120);
    failStsOnce();

    expect(outcomeOf(await vendAs(stack, 'orders-pod'))).toBe('503 UPSTREAM_UNAVAILABLE');
  });

  it('A19: a token of before a long freeze is not served after it', async () => {
    const before = await aVend();
    clock.advance(20 * 60);

    const after = await aVend();

    expect(after.token).not.toBe(before.token);
    expect(after.expiresIn).toBe(900);
  });
});
