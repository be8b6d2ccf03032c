import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, VendError } from '../../../../core/errors.ts';
import { problemKinds } from '../../../../core/problem.ts';
import { problemAnswer, problems } from '../../../../functions/middleware/problems.ts';
import { aContext, anEvent } from '../../../builders/events.ts';
import { bodyOf } from '../../../builders/handlers.ts';
import { aLog } from '../../../builders/ports.ts';

const codes = [
  'INVALID_REQUEST',
  'UNAUTHENTICATED',
  'DENIED',
  'THROTTLED',
  'UPSTREAM_UNAVAILABLE',
  'INTERNAL',
] as const satisfies readonly ErrorCode[];

/** The answer to an event whose handler throws. */
async function answerTo(thrown: unknown, event = anEvent()) {
  const log = aLog();
  const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(problems(log))
    .handler(async () => {
      throw thrown;
    });
  const answer = await handler(event, aContext());
  return { answer, log };
}

describe('a VendError', () => {
  it.each(codes)(
    'of the code %s becomes its problem, and none is kept by a cache',
    async (code) => {
      const { answer } = await answerTo(new VendError(code, 'unexpected'));

      expect(answer.statusCode).toBe(problemKinds[code].status);
      expect(answer.headers).toMatchObject({
        'Content-Type': 'application/problem+json',
        'Cache-Control': 'no-store',
      });
      expect(bodyOf(answer)).toMatchObject({
        code,
        requestId: 'request-1',
        status: answer.statusCode,
      });
    },
  );

  it.each(codes)('of the code %s says when to come again only if that can help', async (code) => {
    const { answer } = await answerTo(new VendError(code, 'unexpected', { retryAfterSeconds: 30 }));

    const expected = code === 'THROTTLED' || code === 'UPSTREAM_UNAVAILABLE' ? '30' : undefined;
    expect(answer.headers?.['Retry-After']).toBe(expected);
  });

  it('that does not know when says two seconds', async () => {
    const { answer } = await answerTo(new VendError('THROTTLED', 'sts-throttled'));

    expect(answer.headers?.['Retry-After']).toBe('2');
  });

  it('is logged with its reason, which the client does not see', async () => {
    const { answer, log } = await answerTo(new VendError('INTERNAL', 'role-not-assumable'));

    expect(log.entries).toEqual([
      {
        level: 'error',
        code: 'ANSWERED_WITH_ERROR',
        fields: { code: 'INTERNAL', reason: 'role-not-assumable', requestId: 'request-1' },
      },
    ]);
    expect(answer.body).not.toContain('role-not-assumable');
  });

  it('is logged with no more of a requestId that the client has chosen than a record holds', async () => {
    const event = anEvent();
    event.requestContext.requestId = 'x'.repeat(5000);

    const { log } = await answerTo(new VendError('INTERNAL', 'unexpected'), event);

    expect(String(log.entries[0]?.fields.requestId)).toHaveLength(256);
  });

  it('that is the fault of the client is no error of ours', async () => {
    const { log } = await answerTo(new VendError('INVALID_REQUEST', 'body-invalid'));

    expect(log.entries.map(({ level }) => level)).toEqual(['info']);
  });
});

describe('A21: anything else that is thrown', () => {
  const planted = 'planted-secret';
  const crowded = Object.assign(new TypeError(planted, { cause: new Error(planted) }), {
    payload: { sub: planted },
    [planted]: planted,
  });

  const aNamed = (name: string): Error => Object.assign(new Error('x'), { name });

  it.each([
    ['an error full of secrets', crowded, 'TypeError'],
    ['an error whose name is a secret', aNamed(planted), 'Error'],
    ['a name that ends as one of a class', aNamed('Planted-TypeError'), 'Error'],
    ['a name that begins as one of a class', aNamed('TypeError planted'), 'Error'],
    ['a text', planted, 'string'],
    ['an object', { planted }, 'object'],
    ['nothing', null, 'object'],
  ])('is INTERNAL, and only its type is logged: %s', async (_, thrown, type) => {
    const { answer, log } = await answerTo(thrown);

    expect(answer.statusCode).toBe(500);
    expect(bodyOf(answer)).toMatchObject({ code: 'INTERNAL', requestId: 'request-1' });
    expect(log.entries).toEqual([
      { level: 'error', code: 'UNEXPECTED_ERROR', fields: { type, requestId: 'request-1' } },
    ]);
    expect(JSON.stringify(answer)).not.toContain(planted);
  });

  it('does not pass for a VendError by its name or its fields', async () => {
    const { code, reason } = new VendError('DENIED', 'unexpected');
    const imitation = Object.assign(new Error(planted), { name: 'VendError', code, reason });

    const { answer } = await answerTo(imitation);

    expect(bodyOf(answer)).toMatchObject({ code: 'INTERNAL' });
  });
});

describe('A28: an event that API Gateway did not make', () => {
  it.each([
    {},
    null,
    [],
    'text',
    { requestContext: null },
    { requestContext: { requestId: 7 } },
    { requestContext: { requestId: { length: 300 } } },
    { requestContext: { requestId: ['request-1'] } },
  ])('is answered all the same: %j', async (forged) => {
    const handler = middy()
      .use(problems(aLog()))
      .handler(async () => {
        throw new VendError('INTERNAL', 'forged-event');
      });

    const answer: unknown = await Reflect.apply(handler, undefined, [forged, aContext()]);

    expect(answer).toMatchObject({
      statusCode: 500,
      body: expect.stringContaining('"requestId":"invocation-1"'),
    });
  });
});

describe('problemAnswer', () => {
  it('carries the hint of a denial', () => {
    const answer = problemAnswer('DENIED', 'request-1', { hint: 'choose-team' });

    expect(bodyOf(answer)).toMatchObject({ code: 'DENIED', hint: 'choose-team' });
  });
});
