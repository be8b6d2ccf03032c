import { expect, it } from 'vitest';
import { columns } from '../../../../clients/cli/columns.ts';
import { printable } from '../../../../clients/cli/printable.ts';

it.each([
  ['\u001b[2Jcleared', '?[2Jcleared'],
  ['two\nlines\r', 'two?lines?'],
  ['\u202eright to left', '?right to left'],
  ['\u2028line\u009b31m', '?line?31m'],
  ['Ünïcode 数 🔒', 'Ünïcode 数 🔒'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

it('columns are aligned, with nothing at the ends of lines', () => {
  expect(
    columns([
      ['a', 'bb', ''],
      ['ccc', 'd', 'e'],
    ]),
  ).toBe('a    bb\nccc  d   e\n');
  expect(columns([])).toBe('');
});
