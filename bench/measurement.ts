/**
 * One figure, with exactly the members that `bench/results.json` holds.
 *
 * Lower is better for every one of them. A budget bounds the ratio where there is one, and else the
 * value.
 */
export interface Measurement {
  /** Begins with its suite, as in `vend: …`. */
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** What it is compared with, measured in the same run; in the same unit. */
  readonly peer: number | null;
  /** Value to peer. */
  readonly ratio: number | null;
  readonly budget: number | null;
}

/** `KB` and `MB` are of 1,000 and 1,000,000 bytes; `calls` are counted; `s` are simulated. */
export type Unit = (typeof units)[number];

const units = ['µs', 'ms', 's', 'KB', 'MB', 'calls'] as const;

/** A figure that means something on any machine: its ratio to a peer, with at most `budget` for it. */
export function compared(
  name: string,
  unit: Unit,
  figures: { readonly value: number; readonly peer: number },
  budget: number | null = null,
): Measurement {
  const [value, peer] = [rounded(figures.value), rounded(figures.peer)];
  return { name, value, unit, peer, ratio: rounded(figures.value / figures.peer), budget };
}

/** A figure that means something by itself. */
export function absolute(
  name: string,
  unit: Unit,
  value: number,
  budget: number | null = null,
): Measurement {
  return { name, value: rounded(value), unit, peer: null, ratio: null, budget };
}

/** Whether the figure has a budget and is over it. */
export function isMissed({ value, ratio, budget }: Measurement): boolean {
  return budget !== null && (ratio ?? value) > budget;
}

/**
 * Reads what another process or an earlier run has written.
 *
 * @throws Error for anything but a list of measurements.
 */
export function parseMeasurements(value: unknown): readonly Measurement[] {
  if (!Array.isArray(value) || !value.every(isMeasurement)) {
    throw new Error('not a list of measurements');
  }
  return value;
}

/** Three digits of a figure of ours mean something on a noisy machine; the fourth avoids steps. */
const significantDigits = 4;

function rounded(value: number): number {
  return Number(value.toPrecision(significantDigits));
}

const isFigure = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isFigureOrNull = (value: unknown): boolean => value === null || isFigure(value);

const members: Record<keyof Measurement, (value: unknown) => boolean> = {
  name: (value) => typeof value === 'string' && value !== '',
  value: isFigure,
  unit: (value) => units.some((unit) => unit === value),
  peer: isFigureOrNull,
  ratio: isFigureOrNull,
  budget: isFigureOrNull,
};

function isMeasurement(value: unknown): value is Measurement {
  if (typeof value !== 'object' || value === null) return false;
  const found = new Map<string, unknown>(Object.entries(value));
  const checks = Object.entries(members);
  return found.size === checks.length && checks.every(([name, holds]) => holds(found.get(name)));
}
