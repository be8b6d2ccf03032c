import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What became of one mutant; the two statuses of `detected` count for the score. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  /** The text that was replaced, and by what; runs of white space are one space. */
  readonly from: string;
  readonly to: string;
  readonly isDetected: boolean;
}

const position = z.object({ line: z.number(), column: z.number() });

/** The parts that are read of a report (mutation-testing-elements, report schema 2). */
const reportSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          status: z.string(),
          replacement: z.string().default(''),
          location: z.object({ start: position, end: position }),
        }),
      ),
    }),
  ),
});

const detected = ['Killed', 'Timeout'];
const undetected = ['Survived', 'NoCoverage'];

/** The mutants of a report that say something: not those that were ignored, or could not be loaded. */
export function readReport(path: string): readonly Mutant[] {
  const { files } = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => [...detected, ...undetected].includes(status))
      .map(({ status, replacement, location: { start, end } }) => ({
        file,
        line: start.line,
        from: onOneLine(source.slice(offsetOf(source, start), offsetOf(source, end))),
        to: onOneLine(replacement),
        isDetected: detected.includes(status),
      })),
  );
}

/** Lines and columns count from 1. */
function offsetOf(source: string, { line, column }: z.infer<typeof position>): number {
  const before = source.split('\n').slice(0, line - 1);
  return before.join('\n').length + (line > 1 ? 1 : 0) + column - 1;
}

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ');
