import { describe, expect, test } from 'vitest';
import {
  ClientError,
  type ClientErrorReason,
} from '../../../../clients/api-client/client-error.ts';
import { createFailover } from '../../../../clients/api-client/failover.ts';
import { errorOf } from './an-api-client.ts';

const urls = ['https://a.example', 'https://b.example', 'https://c.example'].map(
  (url) => new URL(url),
);

/** Attempts that fail at some hosts, and what was tried. */
function attempts(failing: Readonly<Record<string, ClientErrorReason>>) {
  const tried: string[] = [];
  const attempt = async ({ hostname }: URL): Promise<string> => {
    tried.push(hostname);
    const reason = failing[hostname];
    if (reason !== undefined) throw new ClientError(reason);
    return hostname;
  };
  return { attempt, tried };
}

describe('createFailover', () => {
  test.each(['unreachable', 'timeout', 'server-error'] as const)(
    'goes on to the next address on %s',
    async (reason) => {
      const { attempt, tried } = attempts({ 'a.example': reason });

      expect(await createFailover(urls)(attempt)).toBe('b.example');
      expect(tried).toEqual(['a.example', 'b.example']);
    },
  );

  test.each([
    'denied',
    'unauthenticated',
    'throttled',
    'request-invalid',
    'answer-unreadable',
    'identity-unreadable',
    'abandoned',
  ] as const)('asks nobody else on %s', async (reason) => {
    const { attempt, tried } = attempts({ 'a.example': reason });

    expect((await errorOf(createFailover(urls)(attempt))).reason).toBe(reason);
    expect(tried).toEqual(['a.example']);
  });

  test('begins with the address that last answered, and then tries the others in order', async () => {
    const failover = createFailover(urls);
    await failover(attempts({ 'a.example': 'timeout' }).attempt);

    const { attempt, tried } = attempts({ 'b.example': 'timeout', 'a.example': 'timeout' });
    await failover(attempt);

    expect(tried).toEqual(['b.example', 'a.example', 'c.example']);
  });

  test('ends with the last failure when all fail', async () => {
    const { attempt } = attempts({
      'a.example': 'timeout',
      'b.example': 'unreachable',
      'c.example': 'server-error',
    });

    expect((await errorOf(createFailover(urls)(attempt))).reason).toBe('server-error');
  });
});
