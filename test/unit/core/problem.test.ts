import { describe, expect, it } from 'vitest';
import { VendError } from '../../../core/errors.ts';
import { problem, problemKinds } from '../../../core/problem.ts';
import { denialReasons, failureReasons } from '../../../core/reasons.ts';

describe('problem', () => {
  it.each([
    ['INVALID_REQUEST', 400, false],
    ['UNAUTHENTICATED', 401, false],
    ['DENIED', 403, false],
    ['THROTTLED', 429, true],
    ['UPSTREAM_UNAVAILABLE', 503, true],
    ['INTERNAL', 500, false],
  ] as const)('of %s has status %d, retryable %s', (code, status, retryable) => {
    expect(problem(code, 'request-1')).toEqual({
      type: 'about:blank',
      title: problemKinds[code].title,
      detail: problemKinds[code].detail,
      status,
      code,
      requestId: 'request-1',
      retryable,
    });
  });

  it('says a hint where there is one', () => {
    expect(problem('DENIED', 'r', 'choose-team')).toHaveProperty('hint', 'choose-team');
    expect(problem('DENIED', 'r')).not.toHaveProperty('hint');
  });

  it('never says a reason', () => {
    const sentences = Object.values(problemKinds).map(({ title, detail }) => title + detail);

    for (const reason of [...denialReasons, ...failureReasons]) {
      expect(sentences.join('\n')).not.toContain(reason);
    }
  });
});

describe('the reasons', () => {
  it('of denials and of failures are told apart by their names', () => {
    const all = [...denialReasons, ...failureReasons];

    expect(new Set(all).size).toBe(all.length);
  });
});

describe('VendError', () => {
  it('A21: holds a code, a reason and a time to wait, and has room for nothing else', () => {
    const error = new VendError('THROTTLED', 'sts-throttled', { retryAfterSeconds: 2 });

    expect({ ...error }).toEqual({
      name: 'VendError',
      code: 'THROTTLED',
      reason: 'sts-throttled',
      retryAfterSeconds: 2,
    });
    expect(error.message).toBe('THROTTLED: sts-throttled');
    expect(error.cause).toBeUndefined();
  });
});
