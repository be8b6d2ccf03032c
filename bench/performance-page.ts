import type { Measurement } from './measurement.ts';
import { markdownTable } from './table.ts';

const [start, end] = ['<!-- results -->', '<!-- /results -->'];

/**
 * `docs/performance.md` with the table between its markers made anew from the results.
 *
 * @throws Error for a page without the markers.
 */
export function performancePage(page: string, results: readonly Measurement[]): string {
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no table between ${start} and ${end}`);
  return `${page.slice(0, from + start.length)}\n${markdownTable(results)}\n${page.slice(to)}`;
}
