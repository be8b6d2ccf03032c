import { describe, expect, it } from 'vitest';
import { linesIn } from '../../../../core/registry/lines-in.ts';
import type { Path } from '../../../../core/registry/problem.ts';

const linesOf = (text: string, ...paths: Path[]) => linesIn({ file: 'a.yaml', text }, paths);

/** More than one part of a file holds, on a line each. */
const many = Array.from({ length: 110 }, (_, at) => `  t${at}: {}\n`).join('');

describe('the line of a path', () => {
  const text = `version: 1
databases:
  orders:
    engine: postgres
    users:
      orders_app:
        teams: [payments,
          shop]
  stock: { port: 1 }
tests:
  - name: a
  - name: b
`;

  it.each([
    ['a section', ['databases'], 2],
    ['an entry', ['databases', 'stock'], 9],
    ['a key', ['databases', 'orders', 'engine'], 4],
    ['an item of a list', ['databases', 'orders', 'users', 'orders_app', 'teams', 1], 8],
    ['an entry of a list', ['tests', 1, 'name'], 12],
    ['what a map is missing', ['databases', 'orders', 'users', 'orders_app', 'members'], 6],
    ['what a text cannot hold', ['databases', 'orders', 'engine', 'x'], 4],
    ['a key of a map that is no item', ['databases', 0], 2],
    ['an entry that is missing', ['databases', 'invoices', 'engine'], 2],
    ['a section that is missing', ['teams', 'engine'], 1],
    ['the registry', [], 1],
  ])('is that of its deepest part: %s', (_, path, line) => {
    expect(linesOf(text, path)).toEqual([line]);
  });

  it('is told for each of many, in their order', () => {
    const paths = [
      ['databases', 'stock', 'port'],
      ['databases', 'orders', 'engine'],
      ['databases', 'orders', 'users'],
      ['databases', 'orders', 'engine'],
    ];

    expect(linesOf(text, ...paths)).toEqual([9, 4, 5, 4]);
  });

  it.each([
    ['no text', ''],
    ['a text', 'teams'],
    ['what follows a second document', '---\n---\nteams: {}\n'],
  ])('is the first where the file is %s', (_, other) => {
    expect(linesOf(other, ['teams'])).toEqual([1]);
  });

  it('is found in every part of a file', () => {
    const paths = [['teams', 't0'], ['teams', 't109'], ['teams'], ['issuers', 'a']];

    expect(linesOf(`\nteams:\n${many}issuers:\n  a: {}\n`, ...paths)).toEqual([3, 112, 2, 114]);
  });
});

describe('what stands twice', () => {
  it('is placed where it stands first, whose value counts', () => {
    const text = 'teams:\n  a: { owner: x }\n  b: {}\n  a: {}\nteams:\n  b: {}\n';

    expect(linesOf(text, ['teams'], ['teams', 'a'], ['teams', 'b'])).toEqual([1, 2, 3]);
  });

  it('is so in a file whose second section is read before the first', () => {
    const paths = [['teams'], ['teams', 't5'], ['teams', 'nobody']];

    expect(linesOf(`teams:\n  t5: {}\nteams:\n${many}`, ...paths)).toEqual([1, 2, 1]);
  });

  it('is so in parts of one section', () => {
    expect(linesOf(`teams:\n${many}  t5: {}\n`, ['teams', 't5'])).toEqual([7]);
  });

  it.each([
    ['a list', '? [a]\n: b\n'],
    ['an alias', '*a : b\n'],
    ['nothing', ': b\n'],
  ])('does not matter of %s as a key', (_, first) => {
    expect(linesOf(`${first}teams: {}\n`, ['teams'])).toEqual([first.split('\n').length]);
  });
});
