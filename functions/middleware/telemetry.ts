import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import type { MiddlewareObj } from '@middy/core';

/**
 * The Lambda request id on every log line, and the counts flushed after every invocation.
 *
 * `logEvent` is fixed to false: POWERTOOLS_LOGGER_LOG_EVENT would write the caller's JWT to the log.
 */
export function telemetry(deps: {
  readonly logger: Logger;
  readonly metrics: Metrics;
}): MiddlewareObj[] {
  return [
    injectLambdaContext(deps.logger, { logEvent: false, resetKeys: true }),
    logMetrics(deps.metrics, { throwOnEmptyMetrics: false }),
  ];
}
