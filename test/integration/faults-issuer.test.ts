import { describe, expect, it } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { subjects } from '../../local/organization.ts';
import { vend, vendAs } from './support/callers.ts';
import { aHeldStack } from './support/held-stack.ts';
import { outcomeOf, problemOf } from './support/http.ts';
import { lastRecord } from './support/test-stack.ts';

const { stack, clock } = await aHeldStack();

const down = { kind: 'server-error' } as const;

describe('an issuer that is down', () => {
  it('at first sight is answered for: nobody is told that their identity is bad', async () => {
    stack.issuers.github.misbehave('jwks', down);

    const answer = await vendAs(stack, 'deployment');

    expect(outcomeOf(answer)).toBe('503 UPSTREAM_UNAVAILABLE');
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(problemOf(answer).retryable).toBe(true);
    expect(lastRecord(stack)).toMatchObject({ outcome: 'failed', reason: 'issuer-unreachable' });
  });

  it('is asked again after five seconds, and not before', async () => {
    const before = stack.issuers.github.fetchCount('jwks');
    clock.advance(4);
    const tooSoon = await vendAs(stack, 'deployment');
    stack.issuers.github.misbehave('jwks');
    clock.advance(1);
    const inTime = await vendAs(stack, 'deployment');

    expect([tooSoon, inTime].map(outcomeOf)).toEqual(['503 UPSTREAM_UNAVAILABLE', '200']);
    expect(stack.issuers.github.fetchCount('jwks') - before).toBe(1);
  });

  it('leaves the others alone', async () => {
    stack.issuers.github.misbehave('jwks', { kind: 'hang' });

    expect(outcomeOf(await vendAs(stack, 'orders-pod'))).toBe('200');
    stack.issuers.github.misbehave('jwks');
  });

  it('is not missed for the hour that its keys are kept', async () => {
    await vendAs(stack, 'engineer');
    stack.issuers.workforce.misbehave('jwks', down);
    clock.advance(50 * 60);
    const kept = await vendAs(stack, 'engineer');
    clock.advance(10 * 60);
    const over = await vendAs(stack, 'engineer');

    expect([kept, over].map(outcomeOf)).toEqual(['200', '503 UPSTREAM_UNAVAILABLE']);
    stack.issuers.workforce.misbehave('jwks');
  });
});

describe('an issuer that changes its keys', () => {
  it('is followed at once, where its keys have not just been fetched', async () => {
    await vendAs(stack, 'orders-pod');
    clock.advance(31);
    await stack.issuers.kubernetes.rotate();

    expect(outcomeOf(await vendAs(stack, 'orders-pod'))).toBe('200');
  });

  it('twice is followed when half a minute has passed', async () => {
    await stack.issuers.kubernetes.rotate();
    clock.advance(29);
    const tooSoon = await vendAs(stack, 'orders-pod');
    clock.advance(1);
    const inTime = await vendAs(stack, 'orders-pod');

    expect([tooSoon, inTime].map(outcomeOf)).toEqual(['401 UNAUTHENTICATED', '200']);
  });

  it('and withdraws the old one is followed within ten minutes', async () => {
    const stolen = () => identityOf(stack, 'orders-pod');
    const kid = Buffer.from((await stolen()).split('.')[0] ?? '', 'base64url').toString();
    await stack.issuers.kubernetes.rotate({ keepOld: false });
    const signWithOld = () =>
      stack.issuers.kubernetes.issue(
        { sub: subjects.ordersPod, aud: [stack.audience] },
        { expiresInSeconds: 3600, kid: String(JSON.parse(kid).kid) },
      );

    const within = await vend(stack, await signWithOld());
    clock.advance(600);
    const after = await vend(stack, await signWithOld());

    expect([within, after].map(outcomeOf)).toEqual(['200', '401 UNAUTHENTICATED']);
    expect(lastRecord(stack).reason).toBe('jwt-key-unknown');
  });
});

describe('an issuer whose clock is not ours', () => {
  it.each([
    [-3000, '200'],
    [-25, '200'],
    [25, '200'],
    [60, '401 UNAUTHENTICATED'],
    [3600, '401 UNAUTHENTICATED'],
  ])('by %i seconds: %s', async (skew, outcome) => {
    const [iat, exp] = [clock.epochSeconds(skew), clock.epochSeconds(skew + 3600)];
    const claims = { sub: subjects.ordersPod, aud: [stack.audience], iat, nbf: iat, exp };

    const answer = await vend(
      stack,
      await stack.issuers.kubernetes.issue(claims, { expiresInSeconds: 0 }),
    );

    expect(outcomeOf(answer)).toBe(outcome);
  });
});
