import { describe, expect, it } from 'vitest';
import { createSnapshotGate } from '../../../../layers/extension/snapshot-gate.ts';
import { isPending } from '../../../builders/deferred.ts';

describe('the snapshot gate', () => {
  it('is open where no snapshot is taken', async () => {
    const gate = createSnapshotGate(false);

    await gate.passed(0);

    expect(gate.isOpen()).toBe(true);
  });

  it('holds who comes before the snapshot until it opens', async () => {
    const gate = createSnapshotGate(true);
    const waiting = gate.passed(60_000);

    const wasHeld = await isPending(waiting);
    gate.open();
    await waiting;

    expect(wasHeld).toBe(true);
    expect(gate.isOpen()).toBe(true);
  });

  it('lets them go when their time is up', async () => {
    const gate = createSnapshotGate(true);

    await expect(gate.passed(5)).rejects.toMatchObject({ reason: 'gave-up-waiting' });
  });
});
