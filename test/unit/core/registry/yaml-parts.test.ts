import { describe, expect, it } from 'vitest';
import { LineCounter } from 'yaml';
import { yamlParts } from '../../../../core/registry/yaml-parts.ts';

const partsOf = (text: string, entriesPerPart: number) =>
  [...yamlParts(text, new LineCounter(), entriesPerPart)].map(({ errors, contents }) => ({
    errors: errors.map(({ code }) => code),
    value: contents?.toJSON(),
  }));

const teams = (count: number): string =>
  `version: 1\nteams:\n${Array.from({ length: count }, (_, at) => `  t${at}: {}\n`).join('')}`;

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

  it('takes a key in the tenth kilobyte for no longer than it is', () => {
    const errors = partsOf(teams(1_000), 10).flatMap((part) => part.errors);

    expect(errors).toEqual([]);
  });

  it.each([
    ['in braces', 'teams: { a: {}, b: {}, c: {}, d: {} }\n'],
    ['as a key', '? a: 1\n  b: 2\n  c: 3\n  d: 4\n: 5\n'],
  ])('leaves a map %s whole', (_, text) => {
    expect(partsOf(text, 1)).toHaveLength(1);
  });

  it('does not take a second document for more of the first', () => {
    const parts = partsOf(`teams: {}\n---\n${teams(5)}`, 1);

    expect(parts).toEqual([{ errors: ['MULTIPLE_DOCS'], value: { teams: {} } }]);
  });
});
