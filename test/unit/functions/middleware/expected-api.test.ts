import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { jsonAnswer } from '../../../../functions/middleware/answers.ts';
import { expectedApi } from '../../../../functions/middleware/expected-api.ts';
import { problems } from '../../../../functions/middleware/problems.ts';
import { deferred, isPending } from '../../../builders/deferred.ts';
import { aContext, anEvent, ourApiId } from '../../../builders/events.ts';
import { aLog } from '../../../builders/ports.ts';

function aHandler(record?: Parameters<typeof expectedApi>[1]) {
  const log = aLog();
  const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(problems(log))
    .use(expectedApi(ourApiId, record))
    .handler(async () => jsonAnswer('reached'));
  return { handler, log };
}

const forgery = { level: 'error', fields: { code: 'INTERNAL', reason: 'forged-event' } };

describe('A28: an event', () => {
  it('of our API reaches the handler', async () => {
    const { handler } = aHandler();

    expect((await handler(anEvent(), aContext())).statusCode).toBe(200);
  });

  it.each(['', 'a1b2c3d4e', 'a1b2c3d4e5f', 'A1B2C3D4E5'])(
    'of the API %j does not',
    async (apiId) => {
      const { handler, log } = aHandler();

      const answer = await handler(anEvent({ apiId }), aContext());

      expect(answer.statusCode).toBe(500);
      expect(log.entries).toMatchObject([forgery]);
    },
  );

  it.each([{}, null, [], { requestContext: null }, { requestContext: {} }, { Records: [] }])(
    'of no API at all does not: %j',
    async (forged) => {
      const { handler, log } = aHandler();

      const answer: unknown = await Reflect.apply(handler, undefined, [forged, aContext()]);

      expect(answer).toMatchObject({ statusCode: 500 });
      expect(log.entries).toMatchObject([forgery]);
    },
  );

  it('A22: that is refused is answered only when its record is safe', async () => {
    const recorded = deferred<void>();
    const { handler } = aHandler(() => recorded.promise);

    const answering = Promise.resolve(handler(anEvent({ apiId: 'somebodyelse' }), aContext()));

    expect(await isPending(answering)).toBe(true);
    recorded.resolve(undefined);
    expect((await answering).statusCode).toBe(500);
  });
});
