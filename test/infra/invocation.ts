import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { z } from 'zod';
import { isTree } from './intrinsics.ts';
import { sampleText } from './sample-events.ts';

/** Where the samples happen: the API they name, and the minute in which they were sent. */
export const sampleApiId = 'a1b2c3d4e5';
export const sampleClock = (): Date => new Date('2027-01-15T09:30:00Z');

/** A function behind the API. */
export type ProxyHandler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/** Sends a sample to a handler, with some of it replaced, and gives the answer. */
export function send(
  handler: ProxyHandler,
  name: string,
  changes: Partial<APIGatewayProxyEvent> = {},
): Promise<APIGatewayProxyResult> {
  const event = z.custom<APIGatewayProxyEvent>(isTree).parse(JSON.parse(sampleText(name)));
  return handler({ ...event, ...changes }, context);
}

const context = z.custom<Context>(isTree).parse({
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: 'tokenvend-sample',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 9_000,
});
