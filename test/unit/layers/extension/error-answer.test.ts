import { describe, expect, it } from 'vitest';
import {
  ClientError,
  type ClientErrorReason,
} from '../../../../clients/api-client/client-error.ts';
import { VendError } from '../../../../core/errors.ts';
import { errorAnswer } from '../../../../layers/extension/error-answer.ts';
import { OwnFolderError } from '../../../../layers/extension/own-folder.ts';
import { aLog } from './builders.ts';

function answered(error: unknown) {
  const { log, entries } = aLog();
  const { status, headers, body } = errorAnswer(error, { ids: () => 'own-id', log });
  return { status, headers, problem: JSON.parse(body), entries: entries() };
}

describe('the answer to an error', () => {
  it.each<[ClientErrorReason, number | undefined, string, number]>([
    ['request-invalid', 400, 'INVALID_REQUEST', 400],
    ['unauthenticated', 401, 'UNAUTHENTICATED', 401],
    ['denied', 403, 'DENIED', 403],
    ['throttled', 429, 'THROTTLED', 429],
    ['server-error', 502, 'UPSTREAM_UNAVAILABLE', 503],
    ['unreachable', undefined, 'UPSTREAM_UNAVAILABLE', 503],
    ['timeout', undefined, 'UPSTREAM_UNAVAILABLE', 503],
    ['gave-up-waiting', undefined, 'UPSTREAM_UNAVAILABLE', 503],
    ['credentials-unreadable', undefined, 'UPSTREAM_UNAVAILABLE', 503],
    ['answer-unreadable', 200, 'INTERNAL', 500],
    ['not-tokenvend', 404, 'INTERNAL', 500],
    ['region-unknown', undefined, 'INTERNAL', 500],
  ])('for %s (%s) is %s', (reason, apiStatus, code, status) => {
    const answer = answered(new ClientError(reason, { status: apiStatus }));

    expect(answer).toMatchObject({ status, problem: { code, status, requestId: 'own-id' } });
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  it("hands on the API's code, hint and request id", () => {
    const details = {
      status: 403,
      code: 'DENIED',
      hint: 'choose-team',
      requestId: 'api-id',
    } as const;

    const { problem } = answered(new ClientError('denied', details));

    expect(problem).toMatchObject({ code: 'DENIED', hint: 'choose-team', requestId: 'api-id' });
  });

  it("is the API's, whatever else is known of the error", () => {
    const { problem } = answered(new ClientError('server-error', { code: 'INTERNAL' }));

    expect(problem.code).toBe('INTERNAL');
  });

  it('says when to come back, where that is of use', () => {
    const throttled = answered(new ClientError('throttled', { retryAfterSeconds: 7 }));
    const down = answered(new ClientError('unreachable'));
    const denied = answered(new ClientError('denied', { status: 403 }));

    expect(throttled.headers['retry-after']).toBe('7');
    expect(down.headers['retry-after']).toBe('1');
    expect(denied.headers).not.toHaveProperty('retry-after');
  });

  it('knows a request of the wrong form', () => {
    const { problem } = answered(new VendError('INVALID_REQUEST', 'query-invalid'));

    expect(problem).toMatchObject({ code: 'INVALID_REQUEST', requestId: 'own-id' });
  });

  it('logs a folder that cannot be used', () => {
    const { problem, entries } = answered(new OwnFolderError('not-ours'));

    expect(problem).toMatchObject({ code: 'INTERNAL', requestId: 'own-id' });
    expect(entries).toMatchObject([{ code: 'CA_UNWRITABLE', reason: 'not-ours' }]);
  });

  it('A21: tells nobody more than the type of what nobody foresaw', () => {
    const answer = answered(new RangeError('planted-message'));

    expect(answer.entries).toMatchObject([
      { code: 'UNEXPECTED_ERROR', type: 'RangeError', requestId: 'own-id' },
    ]);
    expect(answer.problem.requestId).toBe('own-id');
    expect(JSON.stringify(answer)).not.toContain('planted');
  });
});
