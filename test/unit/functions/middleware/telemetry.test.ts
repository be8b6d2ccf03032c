import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTelemetry } from '../../../../adapters/telemetry.ts';
import { jsonAnswer } from '../../../../functions/middleware/answers.ts';
import { problems } from '../../../../functions/middleware/problems.ts';
import { telemetry } from '../../../../functions/middleware/telemetry.ts';
import { aContext, anEvent } from '../../../builders/events.ts';
import { recordOutput } from '../../../builders/output.ts';

let output: ReturnType<typeof recordOutput>;

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'tokenvend');
  vi.stubEnv('POWERTOOLS_LOGGER_LOG_EVENT', 'true');
  output = recordOutput();
});
afterEach(() => output.stop());

function aHandler(act: (tools: ReturnType<typeof createTelemetry>) => void) {
  const tools = createTelemetry();
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(telemetry(tools))
    .use(problems(tools.log))
    .handler(async () => {
      act(tools);
      return jsonAnswer('done');
    });
}

describe('telemetry', () => {
  it('puts the invocation on every line', async () => {
    await aHandler(({ log }) => log.warn('STS_FAILED'))(anEvent(), aContext());

    expect(output.text()).toContain('"function_request_id":"invocation-1"');
  });

  it('A21: never logs the event, whatever the environment asks for', async () => {
    const event = anEvent({ headers: { Authorization: 'Bearer planted-jwt' } });

    await aHandler(({ log }) => log.warn('STS_FAILED'))(event, aContext());

    expect(output.text()).toContain('STS_FAILED');
    expect(output.text()).not.toContain('planted-jwt');
  });

  it('sends the counts of one invocation with it, also of one that failed', async () => {
    const handler = aHandler(({ counters }) => {
      counters.add('Failed');
      throw new Error('x');
    });

    await handler(anEvent(), aContext());
    await handler(anEvent(), aContext());

    const counts = output.lines().filter((line) => line.includes('"Failed":1'));
    expect(counts).toHaveLength(2);
  });

  it('keeps no field of one invocation for the next', async () => {
    let count = 0;
    const handler = aHandler(({ log, logger }) => {
      count += 1;
      if (count === 1) logger.appendKeys({ caller: 'the-first' });
      else log.warn('STS_FAILED');
    });

    await handler(anEvent(), aContext());
    await handler(anEvent(), aContext());

    expect(output.text()).toContain('STS_FAILED');
    expect(output.text()).not.toContain('the-first');
  });

  it('fails no request that counted nothing, and says nothing of it', async () => {
    const answer = await aHandler(() => undefined)(anEvent(), aContext());

    expect(answer.statusCode).toBe(200);
    expect(output.text()).toBe('');
  });
});
