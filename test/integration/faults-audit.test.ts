import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { identityOf, nightlyCredentials } from '../../local/callers.ts';
import { isPending } from '../builders/deferred.ts';
import { exchangeSigned, vend, vendAs, vendSigned } from './support/callers.ts';
import { aGatedStream } from './support/gated-stream.ts';
import { exchange, outcomeOf } from './support/http.ts';
import { holdMachineClock } from './support/machine-clock.ts';
import { silenceFunctions, startTestStack, type TestStack } from './support/test-stack.ts';

const clock = holdMachineClock();

beforeAll(silenceFunctions);
beforeEach(() => clock.advance(61));
afterAll(() => clock.release());

describe('A22: an audit file that cannot be written', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
    await vendAs(stack, 'orders-pod');
    await vendSigned(stack, nightlyCredentials(stack));
    await rm(auditFile());
    await mkdir(auditFile());
  });

  afterAll(() => stack.close());

  const auditFile = (): string => join(stack.directory, 'audit.jsonl');

  it.each(['', '?format=token', '?format=env'])('keeps the token here (%s)', async (query) => {
    const jwt = await identityOf(stack, 'orders-pod');

    const answer = await vend(stack, jwt, undefined, { query });

    expect(outcomeOf(answer)).toBe('503 UPSTREAM_UNAVAILABLE');
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.text).not.toMatch(/X-Amz-|rds\.amazonaws/);
  });

  it('keeps it from a caller who signs, too', async () => {
    const answer = await vendSigned(stack, nightlyCredentials(stack));

    expect(outcomeOf(answer)).toBe('503 UPSTREAM_UNAVAILABLE');
    expect(answer.text).not.toContain('X-Amz-');
  });

  it('does not let a denied or a malformed request through unrecorded', async () => {
    const denied = await vendAs(stack, 'billing-pod');
    const malformed = await vendAs(stack, 'orders-pod', '{');

    expect([denied, malformed].map(outcomeOf)).toEqual([
      '503 UPSTREAM_UNAVAILABLE',
      '503 UPSTREAM_UNAVAILABLE',
    ]);
  });

  it('refuses a forged identity all the same', async () => {
    expect(outcomeOf(await vend(stack, 'a.b.c'))).toBe('401 UNAUTHENTICATED');
  });

  it('does not stand in the way of what hands out nothing', async () => {
    const asked = { path: '/v1/iam/whoami' };

    expect((await exchangeSigned(stack, nightlyCredentials(stack), asked)).status).toBe(200);
  });

  it('serves again when it can be written', async () => {
    await rm(auditFile(), { recursive: true });

    const answer = await vendAs(stack, 'orders-pod');

    expect(outcomeOf(answer)).toBe('200');
    expect(await readFile(auditFile(), 'utf8')).toContain(JSON.parse(answer.text).id);
  });
});

describe('A22: an audit stream that takes its time', () => {
  it('keeps the answer waiting until the record is safe', async () => {
    const auditStream = aGatedStream();
    const stack = await startTestStack({ auditStream });
    const answer = vendAs(stack, 'orders-pod');
    await expect.poll(() => auditStream.lines.length).toBe(1);

    // Time enough for an answer that did not wait.
    for (let one = 0; one < 5; one += 1) await exchange(stack.apiUrl, { path: '/v1/health' });
    const stillWaiting = await isPending(answer);
    auditStream.open();

    expect(stillWaiting).toBe(true);
    expect(outcomeOf(await answer)).toBe('200');
    await stack.close();
  });
});
