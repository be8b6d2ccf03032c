import { Signer } from '@aws-sdk/rds-signer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRdsTokens } from '../../../adapters/rds-tokens.ts';
import type { Allowed } from '../../../core/authorize.ts';
import { parseToken } from '../../../core/token.ts';
import { aClock, secondsAfter, startOfTest } from '../../builders/clock.ts';
import { aDatabase, anAllowed, aUser } from '../../builders/registry.ts';
import { aSession } from '../../builders/sessions.ts';

/** The signer reads the system's clock, so both are moved together. */
function tokensAndClock() {
  const clock = aClock();
  vi.setSystemTime(clock());
  const advance = (seconds: number): void => {
    clock.advance(seconds);
    vi.setSystemTime(clock());
  };
  return { tokens: createRdsTokens({ clock }), advance };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a token', () => {
  it('is for the host, port and user of the registry, and signed by the session', async () => {
    const { tokens } = tokensAndClock();

    const { token } = await tokens.cut(aSession(), anAllowed(), false);

    expect(token.startsWith('orders.c9akciq32abc.eu-west-1.rds.amazonaws.com:5432/?')).toBe(true);
    expect(parseToken(token)).toMatchObject({
      user: 'orders_app',
      region: 'eu-west-1',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      sessionToken: 'FwoGZXIvYXdzEXAMPLE+/=',
      signedAt: startOfTest,
      expiresInSeconds: 900,
    });
  });

  it.each([
    [3600, 900, 600],
    [900, 900, 600],
    [899, 899, 599],
    [121, 121, 80],
  ])(
    'A18: from a session with %d s left lives %d s, and is due after %d s',
    async (left, lives, due) => {
      const { tokens } = tokensAndClock();
      const session = aSession({ expiresAt: secondsAfter(left) });

      const issued = await tokens.cut(session, anAllowed(), false);

      expect(issued).toMatchObject({
        issuedAt: startOfTest,
        expiresAt: secondsAfter(lives),
        refreshAfter: secondsAfter(due),
      });
    },
  );

  it('counts from the second that it was signed in, not from the fraction', async () => {
    const { tokens, advance } = tokensAndClock();
    advance(0.9);

    const issued = await tokens.cut(aSession(), anAllowed(), false);

    expect(issued.expiresAt).toEqual(secondsAfter(900));
  });

  it.each([
    ['an upper-case host', { host: 'Orders.c9akciq32abc.eu-west-1.rds.amazonaws.com' }],
    ['a host with a path', { host: 'orders.example.com/x' }],
    ['a host with a user', { host: 'x@orders.example.com' }],
    ['a host with a query', { host: 'orders.example.com?a=b' }],
  ])('A29: does not leave where it would be signed for something else: %s', async (_, parts) => {
    const { tokens } = tokensAndClock();

    const cutting = tokens.cut(aSession(), anAllowed({ database: aDatabase(parts) }), false);

    await expect(cutting).rejects.toMatchObject({ code: 'INTERNAL', reason: 'unexpected' });
  });
});

describe('A29: a token that its signer cut for something else', () => {
  const signed = { session: aSession(), target: anAllowed() };

  it.each<[string, Partial<typeof signed>]>([
    ['another host', { target: anAllowed({ database: aDatabase({ host: 'hr.example.com' }) }) }],
    ['another port', { target: anAllowed({ database: aDatabase({ port: 5433 }) }) }],
    ['another region', { target: anAllowed({ database: aDatabase({ region: 'us-east-1' }) }) }],
    ['another user', { target: anAllowed({ user: aUser({ name: 'admin' }) }) }],
    ['another session', { session: aSession({ accessKeyId: 'ASIAI44QH8DHBEXAMPLE' }) }],
  ])('does not leave: %s', async (_, change) => {
    const clock = aClock();
    const others = { ...signed, ...change };
    const { token } = await createRdsTokens({ clock }).cut(others.session, others.target, false);
    const tokens = createRdsTokens({ clock, sign: async () => token });

    const cutting = tokens.cut(signed.session, signed.target, false);

    await expect(cutting).rejects.toMatchObject({ code: 'INTERNAL', reason: 'unexpected' });
  });

  it('does not leave: another lifetime', async () => {
    const clock = aClock();
    const { token } = await createRdsTokens({ clock }).cut(signed.session, signed.target, false);
    const longer = token.replace('X-Amz-Expires=900', 'X-Amz-Expires=3600');
    const tokens = createRdsTokens({ clock, sign: async () => longer });

    const cutting = tokens.cut(signed.session, signed.target, false);

    await expect(cutting).rejects.toMatchObject({ code: 'INTERNAL', reason: 'unexpected' });
  });
});

describe('the same token', () => {
  it.each([
    [0, false, true],
    [59.9, false, true],
    [60, false, false],
    [9.9, true, true],
    [10, true, false],
  ])('after %d s (fresh: %s) is given again: %s', async (age, fresh, again) => {
    const { tokens, advance } = tokensAndClock();
    const session = aSession();

    const first = await tokens.cut(session, anAllowed(), false);
    advance(age);
    const second = await tokens.cut(session, anAllowed(), fresh);

    expect(first.reused).toBe(false);
    expect(second.reused).toBe(again);
    expect(second.token === first.token).toBe(again);
  });

  it('is what everybody gets after a fresh one was cut', async () => {
    const { tokens, advance } = tokensAndClock();
    const session = aSession();

    await tokens.cut(session, anAllowed(), false);
    advance(20);
    const fresh = await tokens.cut(session, anAllowed(), true);
    const next = await tokens.cut(session, anAllowed(), false);

    expect(next).toEqual({ ...fresh, reused: true });
  });

  it('A19: is not given again by a clock that went back', async () => {
    const { tokens, advance } = tokensAndClock();
    const session = aSession();

    const first = await tokens.cut(session, anAllowed(), false);
    advance(-5);
    const second = await tokens.cut(session, anAllowed(), false);

    expect(second.token).not.toBe(first.token);
  });

  it.each([
    ['user', anAllowed({ user: aUser({ name: 'orders_deploy' }) })],
    ['port', anAllowed({ database: aDatabase({ port: 5433 }) })],
    ['host', anAllowed({ database: aDatabase({ host: 'x.eu-west-1.rds.amazonaws.com' }) })],
    ['region', anAllowed({ database: aDatabase({ region: 'eu-central-1' }) })],
  ])('A15, A29: is never given for another %s', async (_, other) => {
    const { tokens } = tokensAndClock();
    const session = aSession();

    const first = await tokens.cut(session, anAllowed(), false);
    const second = await tokens.cut(session, other, false);

    expect(second.token).not.toBe(first.token);
    expect(second.reused).toBe(false);
  });

  it('A15: is never given from another session, although its credentials look alike', async () => {
    const { tokens } = tokensAndClock();

    await tokens.cut(aSession(), anAllowed(), false);
    const second = await tokens.cut(aSession(), anAllowed(), false);

    expect(second.reused).toBe(false);
  });
});

describe('A29: what the signer signed for another', () => {
  const others: [string, Allowed][] = [
    ['user', anAllowed({ user: aUser({ name: 'orders_deploy' }) })],
    ['port', anAllowed({ database: aDatabase({ port: 5433 }) })],
    ['host', anAllowed({ database: aDatabase({ host: 'x.eu-west-1.rds.amazonaws.com' }) })],
    ['region', anAllowed({ database: aDatabase({ region: 'eu-central-1' }) })],
  ];

  it.each(others)('%s leaves as no token', async (_, other) => {
    const { tokens } = tokensAndClock();
    const { token } = await tokens.cut(aSession(), other, false);
    vi.spyOn(Signer.prototype, 'getAuthToken').mockResolvedValue(token);

    const cutting = tokens.cut(aSession(), anAllowed(), false);

    await expect(cutting).rejects.toMatchObject({ code: 'INTERNAL', reason: 'unexpected' });
  });

  it('session leaves as no token', async () => {
    const { tokens } = tokensAndClock();
    const session = aSession({ accessKeyId: 'ASIAIOSFODNN7ANOTHER' });
    const { token } = await tokens.cut(session, anAllowed(), false);
    vi.spyOn(Signer.prototype, 'getAuthToken').mockResolvedValue(token);

    const cutting = tokens.cut(aSession(), anAllowed(), false);

    await expect(cutting).rejects.toMatchObject({ code: 'INTERNAL', reason: 'unexpected' });
  });

  it('lifetime leaves as no token: its end would be told wrong', async () => {
    const { tokens } = tokensAndClock();
    const { token } = await tokens.cut(aSession(), anAllowed(), false);
    const shorter = token.replace('X-Amz-Expires=900', 'X-Amz-Expires=300');
    vi.spyOn(Signer.prototype, 'getAuthToken').mockResolvedValue(shorter);

    const cutting = tokens.cut(aSession(), anAllowed(), false);

    await expect(cutting).rejects.toMatchObject({ code: 'INTERNAL', reason: 'unexpected' });
  });
});
