import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Log } from '../../core/log.ts';
import { telemetry } from '../middleware/telemetry.ts';
import { type AskOutcome, type ProbeChecks, runChecks } from './checks.ts';

/** What the probe reports; the names of the CloudWatch metrics, which the template's alarms repeat. */
export const probeMetrics = ['ProbeAllowed', 'ProbeDenied', 'ProbeVendMs', 'CaDaysLeft'] as const;

export interface ProbeDependencies extends ProbeChecks {
  readonly report: (metric: (typeof probeMetrics)[number], value: number) => void;
  readonly log: Log;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * Runs on a schedule. `ProbeAllowed` and `ProbeDenied` are 1 where the API did as it must and 0 where it
 * did not, or where that could not be seen; the alarms also go off when nothing is reported. It does not
 * throw for what it finds: Lambda would run it again, and the numbers would be of the second time.
 */
export function createProbeHandler(deps: ProbeDependencies) {
  return middy<unknown, void>()
    .use(telemetry(deps))
    .handler(async () => {
      const { allowed, denied, vendMs, caDaysLeft } = await runChecks(deps);
      deps.report('ProbeAllowed', passed(deps, 'allowed', allowed, 'vended'));
      deps.report('ProbeDenied', passed(deps, 'denied', denied, 'denied'));
      deps.report('CaDaysLeft', caDaysLeft);
      if (allowed === 'vended') deps.report('ProbeVendMs', vendMs);
    });
}

function passed(
  { log }: ProbeDependencies,
  check: string,
  found: AskOutcome,
  expected: AskOutcome,
): number {
  if (found === expected) return 1;
  log.error('PROBE_FAILED', { check, reason: found });
  return 0;
}
