import fc from 'fast-check';

const firstSurrogate = 0xd800;
const surrogates = 0x800;
const codePoints = 0x110000;

/**
 * Every character of Unicode, for `fc.string({ unit: anyCharacter })`. The library's own `unit: 'binary'`
 * gives the same after it has filled a map of a million entries, which takes each file of tests 0.6 s.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: codePoints - surrogates - 1 })
  .map((nth) => String.fromCodePoint(nth < firstSurrogate ? nth : nth + surrogates));
