import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  contentVersion,
  deepFreeze,
} from '../../../../core/registry/content-version.ts';

describe('the version of a content', () => {
  it('is the beginning of the hash of its canonical JSON', () => {
    const digest = createHash('sha256').update('{"a":1,"b":[2]}').digest('hex');

    expect(contentVersion({ b: [2], a: 1 })).toBe(`sha256:${digest.slice(0, 12)}`);
  });

  it.each([
    ['another value', { a: 1 }, { a: 2 }],
    ['a text instead of a number', { a: 1 }, { a: '1' }],
    ['another order of a list', { a: [1, 2] }, { a: [2, 1] }],
  ])('is another one for %s', (_, one, other) => {
    expect(contentVersion(one)).not.toBe(contentVersion(other));
  });
});

describe('canonical JSON', () => {
  it('has the keys of every object in order, at any depth', () => {
    const content = { c: [{ z: 1, y: 2, x: 3 }], a: { e: 4, d: 5 }, b: 6 };

    expect(canonicalJson(content)).toBe('{"a":{"d":5,"e":4},"b":6,"c":[{"x":3,"y":2,"z":1}]}');
  });

  it.each([
    ['a list, in its order', ['b', 'a'], '["b","a"]'],
    ['null', { a: null }, '{"a":null}'],
    ['a text', 'ba', '"ba"'],
  ])('has %s as JSON has it', (_, content, text) => {
    expect(canonicalJson(content)).toBe(text);
  });
});

describe('a frozen tree', () => {
  it('is the value itself, with every object and list in it', () => {
    const value = { a: { b: [{ c: 'd' }] }, e: null };

    const frozen = deepFreeze(value);

    expect(frozen).toBe(value);
    expect([value, value.a, value.a.b, value.a.b[0]].every(Object.isFrozen)).toBe(true);
  });

  it('has no part left to change below one that was frozen before', () => {
    const inner = { a: 1 };

    deepFreeze(Object.freeze({ inner }));

    expect(Object.isFrozen(inner)).toBe(true);
  });
});
