import { describe, expect, it } from 'vitest';
import { LineCounter } from 'yaml';
import { yamlParts } from '../../../../core/registry/yaml-parts.ts';

const partsOf = (text: string, entriesPerPart: number) =>
  [...yamlParts(text, new LineCounter(), entriesPerPart)].map(({ errors, contents }) => ({
    errors: errors.map(({ code }) => code),
    value: contents?.toJSON(),
  }));

/** The code and the line of each error. */
function faultsOf(text: string, entriesPerPart: number): string[] {
  const lines = new LineCounter();
  const errors = [...yamlParts(text, lines, entriesPerPart)].flatMap((part) => part.errors);
  return errors.map(({ code, pos }) => `${code} ${lines.linePos(pos[0]).line}`);
}

const teams = (count: number): string =>
  `version: 1\nteams:\n${Array.from({ length: count }, (_, at) => `  t${at}: {}\n`).join('')}`;

/** Two entries; the comment makes the parser give the next one no token before its key. */
const aKilobyte = `teams:\n  a: ${'x'.repeat(1_024)}\n  b:\n    owner: x\n    # of b\n`;

describe('a file in parts', () => {
  it('has the entries of a section below its heading, and at last what is left', () => {
    expect(partsOf(`${teams(4)}databases: {}\n`, 2)).toEqual([
      { errors: [], value: { teams: { t0: {}, t1: {} } } },
      { errors: [], value: { version: 1, teams: { t2: {}, t3: {} }, databases: {} } },
    ]);
  });

  it('keeps the last two entries of a section, which a line below may still be part of', () => {
    const text = 'teams:\n  a: {}\n  b: {}\n  c:\n    # of c\n    owner: x\n';

    expect(partsOf(text, 1)).toEqual([
      { errors: [], value: { teams: { a: {} } } },
      { errors: [], value: { teams: { b: {}, c: { owner: 'x' } } } },
    ]);
  });

  it.each([
    ['a comment', '# all teams\n'],
    ['a byte-order mark', '\ufeff'],
    ['the beginning of a document', '---\n'],
  ])('is one that begins with %s as well', (_, before) => {
    expect(partsOf(`${before}${teams(4)}`, 2)).toHaveLength(2);
  });

  it.each([
    ['of a part', '  c: {}\n  d: {}\n  e: {}\n'],
    ['of a part, without a key', '  : {}\n  d: {}\n  e: {}\n'],
    ['of the last part', '  c: {}\n  d: {}\n'],
  ])('takes the first key %s for no longer than it is', (_, entries) => {
    expect(faultsOf(`${aKilobyte}${entries}`, 1)).toEqual([]);
  });

  it('refuses the first key of a part that is too long, as it does any other', () => {
    const text = `${aKilobyte}  ${'c'.repeat(1_100)}: {}\n  d: {}\n  e: {}\n`;

    expect(faultsOf(text, 1)).toEqual(['KEY_OVER_1024_CHARS 6']);
    expect(faultsOf(text, 100)).toEqual(['KEY_OVER_1024_CHARS 6']);
  });

  it('is told of a line that begins too far right where it would be in one part', () => {
    const text = 'teams:\n  a: {}\n  b: {}\n\n   c: {}\n  d: {}\n  e: {}\n';

    expect(faultsOf(text, 1)).toEqual(['BAD_INDENT 4']);
    expect(faultsOf(text, 100)).toEqual(['BAD_INDENT 4']);
  });

  it.each([
    ['in braces', 'teams: { a: {}, b: {}, c: {}, d: {} }\n'],
    ['as a key', '? a: 1\n  b: 2\n  c: 3\n  d: 4\n: 5\n'],
    ['in a list', '- a: 1\n  b: 2\n  c: 3\n  d: 4\n'],
  ])('leaves a map %s whole', (_, text) => {
    expect(partsOf(text, 1)).toHaveLength(1);
  });

  it('does not take a second document for more of the first', () => {
    const parts = partsOf(`teams: {}\n---\n${teams(5)}`, 1);

    expect(parts).toEqual([{ errors: ['MULTIPLE_DOCS'], value: { teams: {} } }]);
  });
});
