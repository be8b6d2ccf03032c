import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Counters, Log, LogFields } from '../core/log.ts';

/** Powertools reads its level, service name and namespace from POWERTOOLS_* variables. */
export interface Telemetry {
  readonly log: Log;
  readonly counters: Counters;
  /** For the middleware that adds the Lambda request id and cold start to each line. */
  readonly logger: Logger;
  /** For the middleware that flushes the counts after each invocation. */
  readonly metrics: Metrics;
}

/** Builds the logger and the metrics of one function. */
export function createTelemetry(): Telemetry {
  const logger = new Logger();
  const metrics = new Metrics();
  return {
    logger,
    metrics,
    log: {
      info: (code, fields) => logger.info(code, { ...known(fields) }),
      warn: (code, fields) => logger.warn(code, { ...known(fields) }),
      error: (code, fields) => logger.error(code, { ...known(fields) }),
    },
    counters: { add: (name) => metrics.addMetric(name, MetricUnit.Count, 1) },
  };
}

function known(fields: LogFields = {}): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
