import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPattern } from '../../../../core/registry/pattern.ts';
import { memberMatches } from '../../../../core/trust-rule.ts';
import { aCaller } from '../../../builders/callers.ts';
import { aMember } from '../../../builders/registry.ts';

const words = fc.string({
  unit: fc.constantFrom('a', 'b', '-', '|', '.', '$'),
  minLength: 1,
  maxLength: 4,
});
const separators = fc.constantFrom(':', '/');
/** Words with separators between them, as in `repo:acme/payments`. */
const paths = fc
  .tuple(
    words,
    fc.array(
      fc.tuple(separators, words).map((parts) => parts.join('')),
      { maxLength: 3 },
    ),
  )
  .map(([first, rest]) => [first, ...rest].join(''));

describe('a pattern', () => {
  it.each([
    ['a text', 'main', { exact: 'main' }],
    ['A1: alternation, which is a text', 'main|develop', { exact: 'main|develop' }],
    ['A1: an anchored expression, which is a text', '^main$', { exact: '^main$' }],
    ['a text with a space in it', 'a b', { exact: 'a b' }],
    ['a prefix up to a colon', 'a:*', { prefix: 'a:' }],
    ['a prefix up to a slash', 'a:b/*', { prefix: 'a:b/' }],
  ])('is read from %s', (_, text, match) => {
    expect(readPattern(text)).toEqual({ valid: true, match });
  });

  it('A1: admits what is below it, and never a value that shares only part of a segment', () => {
    fc.assert(
      fc.property(paths, separators, words, words, (path, separator, more, below) => {
        const pattern = `${path}${separator}*`;

        expect(admits(pattern, `${path}${separator}${below}`)).toBe(true);
        expect(admits(pattern, `${path}${more}${separator}${below}`)).toBe(false);
        expect(admits(pattern, `${path}${separator}`)).toBe(false);
      }),
    );
  });

  it('A10: is none where there is nothing', () => {
    expect(readPattern('').valid).toBe(false);
  });

  it('A1: without a star admits itself alone', () => {
    fc.assert(
      fc.property(paths, paths, (path, value) => {
        expect(admits(path, value)).toBe(value === path);
        expect(admits(path, `${path}${value}`)).toBe(false);
      }),
    );
  });

  it('A1: is none with a star after anything but a separator, or before the end', () => {
    fc.assert(
      fc.property(paths, words, (path, word) => {
        expect(readPattern(`${path}*`).valid).toBe(false);
        expect(readPattern(`${path}:*${word}`).valid).toBe(false);
        expect(readPattern(`*${path}:*`).valid).toBe(false);
      }),
    );
  });
});

function admits(text: string, subject: string): boolean {
  const pattern = readPattern(text);
  if (!pattern.valid) throw new Error('this pattern was meant to be valid');
  return memberMatches(aMember({ subject: pattern.match }), aCaller({ subject }));
}
