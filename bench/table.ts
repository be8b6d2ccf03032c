import { isMissed, type Measurement } from './measurement.ts';

const heading = ['measurement', 'value', 'peer', 'ratio', 'budget', 'verdict'] as const;

/** An aligned table for a terminal. */
export function textTable(measurements: readonly Measurement[]): string {
  const rows = [[...heading], ...measurements.map(cellsOf)];
  const widths = heading.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) => aligned(row, widths)).join('\n');
}

/** The same as a Markdown table, figures to the right. */
export function markdownTable(measurements: readonly Measurement[]): string {
  const rule = ['---', '--:', '--:', '--:', '--:', '---'];
  return [[...heading], rule, ...measurements.map(cellsOf)]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function cellsOf(measurement: Measurement): string[] {
  const { name, value, unit, peer, ratio, budget } = measurement;
  return [
    name,
    quantity(value, unit),
    peer === null ? '' : quantity(peer, unit),
    ratio === null ? '' : times(ratio),
    budget === null ? '' : `≤ ${ratio === null ? quantity(budget, unit) : times(budget)}`,
    verdictOn(measurement),
  ];
}

/** Three digits: no machine that is doing something else as well repeats the fourth. */
function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

const quantity = (value: number, unit: string): string => `${figure(value)} ${unit}`;

/** A ratio as it is shown. */
export const times = (ratio: number): string => `${figure(ratio)} ×`;

function verdictOn(measurement: Measurement): string {
  if (measurement.budget === null) return '';
  return isMissed(measurement) ? 'MISSED' : 'met';
}

function aligned([name = '', ...cells]: readonly string[], widths: readonly number[]): string {
  const [nameWidth = 0, ...others] = widths;
  return [name.padEnd(nameWidth), ...cells.map((cell, at) => cell.padStart(others[at] ?? 0))]
    .join('  ')
    .trimEnd();
}
