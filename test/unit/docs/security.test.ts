import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defences } from '../../mutations/defences/all.ts';

interface Row {
  readonly attack: string;
  readonly cells: string;
  readonly tests: readonly { readonly file: string; readonly fragment: string }[];
}

const page = readFileSync('docs/security.md', 'utf8');

const rows: readonly Row[] = [...page.matchAll(/^\| (A\d+) \| (.+) \|$/gm)].map(
  ([, attack = '', cells = '']) => ({
    attack,
    cells,
    tests: [...cells.matchAll(/`([\w./-]+)` “([^”]+)”/g)].map(([, name = '', fragment = '']) => ({
      file: `test/${name}.test.ts`,
      fragment,
    })),
  }),
);

/** What there is to run: the first argument of a test, a suite or a table, and rows that begin like a title. */
function titlesIn(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const quoted = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/;
  const called = new RegExp(
    `(?:\\b(?:it|test|describe|fuzz)\\(|\\)\\()\\s*(?:${quoted.source})`,
    'g',
  );
  const inTables = /(?:'(A\d+: [^'\n]*)'|"(A\d+: [^"\n]*)")/g;
  return [...source.matchAll(called), ...source.matchAll(inTables)].map(
    ([, ...found]) => found.find((one) => one !== undefined) ?? '',
  );
}

const notBuilt = ['A8', 'A13', 'A27'];
const all = Array.from({ length: 30 }, (_, index) => `A${index + 1}`);
const references = rows.flatMap(({ attack, tests }) => tests.map((one) => ({ attack, ...one })));

describe('docs/security.md', () => {
  it('has one row for every attack, in order', () => {
    expect(rows.map(({ attack }) => attack)).toEqual(all);
  });

  it.each(references)('$attack: $file has a test called “$fragment”', ({ file, fragment }) => {
    expect(titlesIn(file).filter((title) => title.includes(fragment))).not.toEqual([]);
  });

  it.each(rows)('$attack says where it is tested, or why there is nothing to test', (row) => {
    const { attack, cells, tests } = row;

    expect(tests.length > 0).toBe(!notBuilt.includes(attack));
    expect(cells.includes('0014-attacks-not-built.md')).toBe(notBuilt.includes(attack));
  });

  it('has a row for every attack that a test is named after', () => {
    const titles = globSync('test/**/*.test.ts').flatMap(titlesIn);
    const named = new Set(titles.flatMap((title) => /^(A\d+): /.exec(title)?.[1] ?? []));

    expect([...named].filter((attack) => !all.includes(attack))).toEqual([]);
    expect(all.filter((attack) => !named.has(attack))).toEqual(notBuilt);
  });

  it('has a defence to take away for every attack that is answered in code', () => {
    const answered = all.filter((attack) => !notBuilt.includes(attack));

    expect(new Set(defences.map(({ attack }) => attack))).toEqual(new Set(answered));
  });

  it.each(defences)('$attack names the test that misses $removes', ({ attack, test }) => {
    const [file, fragment] = test;

    expect(references).toContainEqual({ attack, file: `test/${file}.test.ts`, fragment });
  });

  it('names files that exist', () => {
    const files = [
      ...page.matchAll(
        /`((?:core|adapters|functions|clients|layers|operator|build|test)\/[\w./-]*)`/g,
      ),
    ];

    expect(files.length).toBeGreaterThan(30);
    for (const [, file = ''] of files) expect(globSync(file), file).toHaveLength(1);
  });
});
