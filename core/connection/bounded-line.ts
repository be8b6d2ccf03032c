import { FormatError } from './format-error.ts';
import type { ConnectionTarget } from './target.ts';

/**
 * A line with its line feed, unless it is too long for the buffer of whoever reads it.
 *
 * @param maxBytes what fits before the line feed, in UTF-8
 * @throws FormatError `LINE_TOO_LONG`, naming the field that the line holds.
 */
export function boundedLine(line: string, maxBytes: number, field: keyof ConnectionTarget): string {
  if (Buffer.byteLength(line) > maxBytes) throw new FormatError('LINE_TOO_LONG', field);
  return `${line}\n`;
}
