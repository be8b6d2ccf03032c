import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Metrics } from '@aws-lambda-powertools/metrics';
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
    flushCounts(deps.metrics),
  ];
}

/** In place of Powertools' own, which warns in the log of every request that counted nothing. */
function flushCounts(metrics: Metrics): MiddlewareObj {
  const flush = (): void => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return { after: flush, onError: flush };
}
