import { isMissed, type Measurement } from './measurement.ts';
import { times } from './table.ts';

/** Pixels. The names stand left of the bars, the figures right of them. */
const [nameWidth, barWidth, figureWidth] = [430, 300, 150] as const;
const [rowHeight, barHeight, headHeight] = [22, 12, 28] as const;
const width = nameWidth + barWidth + figureWidth;

/** The budget stands at two thirds of the way, so that there is room beyond it. */
const budgetAt = (barWidth * 2) / 3;

/**
 * `docs/performance.svg`: a bar for every ratio with a budget, as long as the part of it that is used up,
 * and a line where all of it would be. The same results give the same bytes.
 */
export function performanceChart(results: readonly Measurement[]): string {
  const rows = results.flatMap((row) => shareOf(row) ?? []);
  const height = headHeight + rows.length * rowHeight + 8;
  const line = nameWidth + budgetAt;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="12">`,
    '<title>Each ratio against its budget</title>',
    `<style>${style}</style>`,
    `<text x="${line}" y="16" text-anchor="middle">budget</text>`,
    ...rows.map(rowAt),
    `<line x1="${line}" y1="${headHeight - 6}" x2="${line}" y2="${height - 4}"/>`,
    '</svg>',
    '',
  ].join('\n');
}

/** Readable on a dark page too: a picture is not drawn in the page's own colours. */
const style =
  'text{fill:#57606a}line{stroke:#57606a;stroke-dasharray:4 3}.met{fill:#2da44e}.missed{fill:#cf222e}' +
  '@media(prefers-color-scheme:dark){text{fill:#adbac7}line{stroke:#adbac7}}';

interface Share {
  readonly name: string;
  /** 1 is the whole budget. */
  readonly used: number;
  readonly figures: string;
  readonly verdict: 'met' | 'missed';
}

function shareOf(row: Measurement): Share | undefined {
  const { name, ratio, budget } = row;
  if (ratio === null || budget === null) return undefined;
  const figures = `${times(ratio)} of ${times(budget)}`;
  return { name, used: ratio / budget, figures, verdict: isMissed(row) ? 'missed' : 'met' };
}

function rowAt({ name, used, figures, verdict }: Share, at: number): string {
  const top = headHeight + at * rowHeight;
  const base = top + barHeight - 2;
  const length = Math.round(Math.min(used * budgetAt, barWidth));
  return [
    `<text x="${nameWidth - 8}" y="${base}" text-anchor="end">${escaped(name)}</text>`,
    `<rect class="${verdict}" x="${nameWidth}" y="${top}" width="${length}" height="${barHeight}"/>`,
    `<text x="${nameWidth + barWidth + 8}" y="${base}">${figures}</text>`,
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character] ?? '');
}
