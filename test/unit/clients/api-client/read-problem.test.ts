import { describe, expect, test } from 'vitest';
import { problemOf } from '../../../../clients/api-client/read-problem.ts';
import { problem } from '../../../../core/problem.ts';

const requestId = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';

function answer(status: number, body: unknown = '', headers: Record<string, string> = {}) {
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

describe('problemOf', () => {
  test('reads the code, the hint and the request id of a problem', () => {
    const refused = problemOf(answer(403, problem('DENIED', requestId, 'choose-user')));

    expect(refused).toMatchObject({
      kind: 'refused',
      reason: 'denied',
      status: 403,
      code: 'DENIED',
      hint: 'choose-user',
      requestId,
    });
  });

  test.each([
    [400, 'usage', 'request-invalid'],
    [401, 'refused', 'unauthenticated'],
    [403, 'refused', 'denied'],
    [404, 'not-understood', 'not-tokenvend'],
    [405, 'not-understood', 'not-tokenvend'],
    [413, 'usage', 'request-invalid'],
    [429, 'throttled', 'throttled'],
    [500, 'unavailable', 'server-error'],
    [503, 'unavailable', 'server-error'],
    [504, 'unavailable', 'server-error'],
    [301, 'not-understood', 'unexpected-status'],
    [204, 'not-understood', 'unexpected-status'],
  ])('falls back on the status %i: %s', (status, kind, reason) => {
    expect(problemOf(answer(status, '<html>'))).toMatchObject({ kind, reason, status });
  });

  test.each([404, 405])('takes a problem of ours with %i for what it says', (status) => {
    expect(problemOf(answer(status, { code: 'NEW', requestId })).reason).toBe('request-invalid');
  });

  test.each(['', '<html>', { message: 'Forbidden' }])(
    'A 403 is a refusal, whoever says it: %j',
    (body) => {
      expect(problemOf(answer(403, body))).toMatchObject({ kind: 'refused', reason: 'denied' });
    },
  );

  test('leaves out what is of no known form, and keeps the rest', () => {
    const error = problemOf(answer(403, { code: 'NEW', hint: 'a hint', requestId }));

    expect(error).toMatchObject({ code: undefined, hint: undefined, requestId });
  });

  test('A21: takes nothing over that a server could have echoed', () => {
    const planted = 'eyJhbGciOiJSUzI1NiJ9.PLANTED';

    const error = problemOf(
      answer(403, {
        title: planted,
        detail: planted,
        code: planted,
        hint: planted,
        requestId: planted,
      }),
    );

    expect(JSON.stringify([error, error.message, error.stack])).not.toContain('PLANTED');
  });

  test.each([
    ['7', 7],
    ['0', 0],
    ['-1', undefined],
    ['1e9', undefined],
    ['9999999', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ])('reads Retry-After: %s', (text, expected) => {
    const { retryAfterSeconds } = problemOf(answer(429, '', { 'retry-after': text }));

    expect(retryAfterSeconds).toBe(expected);
  });
});
