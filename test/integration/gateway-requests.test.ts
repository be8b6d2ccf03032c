import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { exchange, outcomeOf } from './support/http.ts';
import { silenceFunctions, startTestStack, type TestStack } from './support/test-stack.ts';

let stack: TestStack;

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack();
});

afterAll(() => stack.close());

describe('the local gateway', () => {
  it.each(['//', '//x/y', '/v1/../v1/health', '/%', '/v1/ca/%zz', '/v1/tokens/', '/?'])(
    'answers %s with a problem, and hangs up on nobody',
    async (path) => {
      const answer = await exchange(stack.apiUrl, { path });

      expect(outcomeOf(answer)).toMatch(/^(400 INVALID_REQUEST|401 UNAUTHENTICATED)$/);
    },
  );

  it.each([
    ['/v1/whoami', 'Bearer'],
    ['/v1/iam/whoami', 'AWS4-HMAC-SHA256'],
  ])('asks at %s for a proof of the scheme %s', async (path, scheme) => {
    const answer = await exchange(stack.apiUrl, { path });

    expect(outcomeOf(answer)).toBe('401 UNAUTHENTICATED');
    expect(answer.headers['www-authenticate']).toBe(scheme);
  });

  it('does not take two Authorization headers for the one whose answer it remembers', async () => {
    const good = ['Authorization', `Bearer ${await identityOf(stack, 'orders-pod')}`] as const;
    const path = '/v1/whoami';
    const alone = await exchange(stack.apiUrl, { path, headers: [good] });

    const doubled = await exchange(stack.apiUrl, {
      path,
      headers: [['Authorization', 'Bearer x'], good],
    });

    expect(alone.status).toBe(200);
    expect(outcomeOf(doubled)).toBe('401 UNAUTHENTICATED');
  });
});
