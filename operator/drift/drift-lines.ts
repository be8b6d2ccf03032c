import type { Drift } from './drift.ts';

/** A comparison for people: a line for each difference, errors first. */
export function driftLines({ account, regions, differences }: Drift): readonly string[] {
  const errors = differences.filter(({ severity }) => severity === 'error');
  const warnings = differences.filter(({ severity }) => severity === 'warning');
  return [
    `account ${account}, ${regions.length === 0 ? 'no Region' : regions.join(', ')}`,
    ...[...errors, ...warnings].map(
      ({ severity, kind, of, message }) => `${severity}: ${of}: ${message} [${kind}]`,
    ),
  ];
}
