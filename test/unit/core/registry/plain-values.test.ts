import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { offsetOf, plainKey, plainValue } from '../../../../core/registry/plain-values.ts';

function read(text: string) {
  const { contents } = parseDocument(text, { uniqueKeys: false });
  const notes: string[] = [];
  const value = plainValue(contents, (code, offset) => notes.push(`${code} ${offset}`));
  return { value, notes };
}

describe('the value of a node', () => {
  it.each([
    ['a map', 'a: 1\nb: { c: true }\n', { a: 1, b: { c: true } }],
    ['a list', '[a, [b], null]', ['a', ['b'], null]],
    ['a text', '"1"', '1'],
    ['a key without a value', 'a:\n', { a: null }],
    ['no text at all', '', null],
  ])('is what is written: %s', (_, text, value) => {
    expect(read(text)).toEqual({ value, notes: [] });
  });

  it.each([
    ['an anchor', 'a: &x 1\n', ['ANCHOR 6']],
    ['an anchor before a map', '&x\na: 1\n', ['ANCHOR 3']],
    ['an anchor of a key', '&x a: 1\n', ['ANCHOR 3']],
    ['an anchor with a tag, once', 'a: &x !!str 1\n', ['ANCHOR 12']],
    ['an anchor in a list', '[&x 1]', ['ANCHOR 4']],
    ['a tag', 'a: !!str 1\n', ['TAG 9']],
    ['a tag of a key', '!!str a: 1\n', ['TAG 6']],
    ['a merge key', 'a:\n  <<: {}\n', ['MERGE 5']],
    ['A9: the key __proto__', 'a:\n  __proto__: {}\n', ['PROTO 5']],
  ])('is noted for %s, with its offset', (_, text, notes) => {
    expect(read(text).notes).toEqual(notes);
  });

  it('is nothing for an alias, however much stands under its name', () => {
    const { value, notes } = read('a: &x [1, 2]\nb: *x\n*x : 3\n');

    expect(value).toEqual({ a: [1, 2], b: null });
    expect(notes).toEqual(['ANCHOR 6', 'ALIAS 16', 'ALIAS 19']);
  });

  it('is the first of a key that stands twice, and each other is noted', () => {
    const { value, notes } = read('a: 1\nb: 2\na: 3\na: 4\n');

    expect(value).toEqual({ a: 1, b: 2 });
    expect(notes).toEqual(['DUPLICATE_KEY 10', 'DUPLICATE_KEY 15']);
  });

  it('is without keys that are no text, of which no two are the same', () => {
    const { value, notes } = read('1: a\n2: b\n? [c]\n: d\n? { e: f }\n: g\n: h\n: i\nj: k\n');

    expect(value).toEqual({ j: 'k' });
    expect(notes).toEqual([]);
  });

  it('A9: has __proto__ as a key like any other, and no other prototype', () => {
    const { value } = read('__proto__: { admin: true }\n');

    expect(Object.keys(Object(value))).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('what is no node', () => {
  const note = () => expect.unreachable();

  it('has no value, no key and no place', () => {
    expect(plainValue(undefined, note)).toBeNull();
    expect(plainKey(null, note)).toBeUndefined();
    expect(offsetOf(null)).toBe(0);
  });
});
