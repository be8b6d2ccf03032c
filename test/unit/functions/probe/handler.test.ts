import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTelemetry } from '../../../../adapters/telemetry.ts';
import type { AskOutcome, ProbeChecks } from '../../../../functions/probe/checks.ts';
import { createProbeHandler } from '../../../../functions/probe/handler.ts';
import { aContext } from '../../../builders/events.ts';
import { aLog } from '../../../builders/ports.ts';
import { granted, someChecks } from './a-probe.ts';

beforeEach(() => vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true'));

/** Runs the probe once, and gives what it reported and logged. */
async function run(parts: Partial<ProbeChecks> = {}) {
  const { logger, metrics } = createTelemetry();
  const [log, reported] = [aLog(), new Map<string, number>()];
  const report = (name: string, value: number) => reported.set(name, value);
  const handler = createProbeHandler({ ...someChecks(parts), report, log, logger, metrics });
  await handler({}, aContext());
  return { reported: Object.fromEntries(reported), log };
}

const answering =
  (allowed: AskOutcome, denied: AskOutcome): ProbeChecks['ask'] =>
  async ({ user }) =>
    user === granted.user ? allowed : denied;

describe('the probe', () => {
  it('reports 1 for both checks, the time, and the days left', async () => {
    const { reported, log } = await run();

    expect(reported).toMatchObject({ ProbeAllowed: 1, ProbeDenied: 1, ProbeVendMs: 0 });
    expect(reported.CaDaysLeft).toBeGreaterThan(1000);
    expect(log.entries).toEqual([]);
  });

  it.each<[AskOutcome, string]>([
    ['denied', 'the grant is gone'],
    ['failed:unreachable', 'the API is'],
    ['failed:ca-mismatch', 'its CA is another'],
  ])('reports 0 where what must be given comes back as %s: %s', async (outcome) => {
    const { reported, log } = await run({ ask: answering(outcome, 'denied') });

    expect(reported).toMatchObject({ ProbeAllowed: 0, ProbeDenied: 1 });
    expect(reported).not.toHaveProperty('ProbeVendMs');
    expect(log.entries).toEqual([
      { level: 'error', code: 'PROBE_FAILED', fields: { check: 'allowed', reason: outcome } },
    ]);
  });

  it('reports 0 where what must be refused is given', async () => {
    const { reported, log } = await run({ ask: answering('vended', 'vended') });

    expect(reported).toMatchObject({ ProbeAllowed: 1, ProbeDenied: 0 });
    expect(log.entries).toEqual([
      { level: 'error', code: 'PROBE_FAILED', fields: { check: 'denied', reason: 'vended' } },
    ]);
  });

  it('does not take an outage for a refusal', async () => {
    const { reported } = await run({ ask: answering('vended', 'failed:timeout') });

    expect(reported.ProbeDenied).toBe(0);
  });
});
