import { describe, expect, it } from 'vitest';
import { type VendDependencies, vend } from '../../../core/vend.ts';
import { aCaller } from '../../builders/callers.ts';
import { type Deferred, deferred, isPending, settle } from '../../builders/deferred.ts';
import { aLateAudit, anAudit } from '../../builders/ports.ts';
import { aSlice } from '../../builders/registry.ts';
import { anIssuedToken, aSession } from '../../builders/sessions.ts';
import { aCall, vendDependencies } from '../../builders/vend.ts';

const outOfTime = { code: 'UPSTREAM_UNAVAILABLE', reason: 'out-of-time' };

/** One thing that a vend waits for, which answers when `gate` opens. */
const waits: [string, (gate: Promise<void>) => Partial<VendDependencies>, object][] = [
  ['the registry', (gate) => ({ registry: { slice: () => gate.then(() => aSlice()) } }), {}],
  [
    'a session',
    (gate) => ({ sessions: { obtain: () => gate.then(() => aSession()) } }),
    { registryVersion: 'v7', team: 'payments' },
  ],
  [
    'a token',
    (gate) => ({ tokens: { cut: () => gate.then(() => anIssuedToken()) } }),
    { registryVersion: 'v7', team: 'payments' },
  ],
];

describe('A22: a vend that runs out of time', () => {
  it.each(waits)('while it waits for %s is recorded as failed', async (_, waiting, known) => {
    const [audit, time, gate] = [anAudit(), deferred<void>(), deferred<void>()];
    const deps = vendDependencies({ audit, ...waiting(gate.promise) });

    const attempt = vend(deps, aCall({ outOfTime: time.promise }));
    expect(await isPending(attempt)).toBe(true);
    time.resolve();

    await expect(attempt).rejects.toMatchObject(outOfTime);
    expect(audit.records).toMatchObject([{ outcome: 'failed', reason: 'out-of-time', ...known }]);
  });

  it.each(waits)('records nothing else when %s comes after all', async (_, waiting) => {
    const [audit, gate] = [anAudit(), deferred<void>()];
    const deps = vendDependencies({ audit, ...waiting(gate.promise) });
    const call = aCall({ outOfTime: Promise.resolve() });
    await expect(vend(deps, call)).rejects.toMatchObject(outOfTime);

    gate.resolve();
    await settle();

    expect(audit.records.map(({ outcome }) => outcome)).toEqual(['failed']);
  });

  it.each(waits)('records nothing else when %s fails after all', async (_, waiting) => {
    const [audit, gate]: [ReturnType<typeof anAudit>, Deferred<void>] = [anAudit(), deferred()];
    const deps = vendDependencies({ audit, ...waiting(gate.promise) });
    const call = aCall({ outOfTime: Promise.resolve() });
    await expect(vend(deps, call)).rejects.toMatchObject(outOfTime);

    gate.reject(new Error('planted'));
    await settle();

    expect(audit.records.map(({ outcome }) => outcome)).toEqual(['failed']);
  });

  it.each([
    ['vended', aCall()],
    ['denied', aCall({ identity: aCaller({ subject: 'stranger' }) })],
  ])('keeps to the record that it has begun to write: %s', async (outcome, call) => {
    const [audit, time] = [aLateAudit(), deferred<void>()];
    const attempt = vend(vendDependencies({ audit }), { ...call, outOfTime: time.promise });
    await settle();

    time.resolve();
    await settle();
    audit.release();

    expect(await attempt).toMatchObject({ vended: outcome === 'vended' });
    expect(audit.records).toMatchObject([{ outcome }]);
  });
});
