import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { draftOf } from '../../core/audit.ts';
import { openTrail } from '../../core/audit-trail.ts';
import type { VendError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { type VendDependencies, vend } from '../../core/vend.ts';
import { noEarlyAnswer, withDeadline } from '../middleware/deadline.ts';
import { expectedApi } from '../middleware/expected-api.ts';
import { problemAnswer, problems } from '../middleware/problems.ts';
import { telemetry } from '../middleware/telemetry.ts';
import { answerIn } from './format.ts';
import { readCall } from './read-call.ts';

export interface TokensDependencies extends VendDependencies {
  readonly apiId: string;
  readonly publicUrl: string | undefined;
  readonly log: Log;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** `POST /v1/tokens` and `POST /v1/iam/tokens`. */
export function createTokensHandler(deps: TokensDependencies) {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>(noEarlyAnswer)
    .use(telemetry(deps))
    .use(problems(deps.log))
    .use(expectedApi(deps.apiId, (error, requestId) => recordForged(deps, error, requestId)))
    .handler((event, context) =>
      withDeadline(context, (outOfTime) => tokenAnswer(deps, event, outOfTime)),
    );
}

async function tokenAnswer(
  deps: TokensDependencies,
  event: APIGatewayProxyEvent,
  outOfTime: Promise<void>,
): Promise<APIGatewayProxyResult> {
  const call = await readCall(deps, event);
  const outcome = await vend(deps, { ...call, outOfTime });
  return outcome.vended
    ? answerIn(call.format, outcome.answer)
    : problemAnswer('DENIED', call.facts.requestId, { hint: outcome.hint });
}

function recordForged(deps: TokensDependencies, error: VendError, requestId: string) {
  const facts = { requestId, sourceIp: undefined, userAgent: undefined };
  const draft = draftOf({ vendId: deps.ids(), now: deps.clock(), facts });
  return openTrail(deps.audit, draft).failed(error);
}
