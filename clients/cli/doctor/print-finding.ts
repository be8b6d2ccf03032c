import { printable } from '../printable.ts';
import type { Finding } from './finding.ts';

/** A finding as lines: status, check, what was seen; below it what to do. */
export function findingText({ check, status, saw, todo }: Finding, isColoured: boolean): string {
  const word = words[status].padEnd(4);
  const shown = isColoured ? `\u001b[${colours[status]}m${word}\u001b[0m` : word;
  const advice = todo === undefined ? '' : `${indent}${printable(todo)}\n`;
  return `${shown}  ${check.padEnd(10)}  ${printable(saw)}\n${advice}`;
}

const words = { ok: 'ok', warning: 'note', failed: 'FAIL', skipped: '-' } as const satisfies Words;
/** Select Graphic Rendition: green, yellow, red, grey (ECMA-48 section 8.3.117). */
const colours = { ok: '32', warning: '33', failed: '31', skipped: '90' } as const satisfies Words;
const indent = ' '.repeat(18);

type Words = Readonly<Record<Finding['status'], string>>;
