import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../core/json-text.ts';

describe('a JSON text', () => {
  it.each([
    ['{"a":[1]}', { a: [1] }],
    ['null', null],
    [' 0 ', 0],
  ])('%j is read', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each(['', 'a', '{"a":', '{}{}', 'undefined'])(
    'A21: %j is none, and quoted nowhere',
    (text) => {
      expect(parseJson(text)).toBeUndefined();
    },
  );
});
