import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { recordOutput } from '../../builders/output.ts';

let output: ReturnType<typeof recordOutput>;

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'tokens');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'tokenvend');
  output = recordOutput();
});
afterEach(() => output.stop());

describe('the log', () => {
  it.each(['info', 'warn', 'error'] as const)('writes %s as a line with a stable code', (level) => {
    const { log } = createTelemetry();

    log[level]('STS_FAILED', { reason: 'sts-unavailable', missing: undefined });

    const line: unknown = JSON.parse(output.lines()[0] ?? '');
    expect(line).toMatchObject({
      level: level.toUpperCase(),
      message: 'STS_FAILED',
      reason: 'sts-unavailable',
    });
    expect(line).not.toHaveProperty('missing');
  });

  it('does without fields', () => {
    createTelemetry().log.info('REGISTRY_REJECTED');

    expect(output.lines()).toHaveLength(1);
  });
});

describe('the counters', () => {
  it('come out as one CloudWatch metric each', () => {
    const { counters, metrics } = createTelemetry();

    counters.add('Vended');
    counters.add('StsCall');
    metrics.publishStoredMetrics();

    const line: unknown = JSON.parse(output.lines()[0] ?? '');
    expect(line).toMatchObject({
      Vended: 1,
      StsCall: 1,
      _aws: { CloudWatchMetrics: [{ Namespace: 'tokenvend' }] },
    });
  });
});
