import type { Measurement } from '../../../bench/measurement.ts';

/** A figure of the `vend` suite that is well within its budget, unless `parts` says otherwise. */
export function aMeasurement(parts: Partial<Measurement> = {}): Measurement {
  return { name: 'vend: warm', value: 80, unit: 'µs', peer: 40, ratio: 2, budget: 3, ...parts };
}
