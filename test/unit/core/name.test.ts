import { describe, expect, it } from 'vitest';
import { namePattern } from '../../../core/name.ts';

describe('a name', () => {
  it.each(['a', '0', 'orders', 'eu-west-1', 'a-', 'a--b', 'a'.repeat(63)])('may be %s', (text) => {
    expect(namePattern.test(text)).toBe(true);
  });

  it.each([
    '',
    '-a',
    'A',
    'aB',
    'a_b',
    'a.b',
    '..',
    'a/b',
    'a b',
    'a\n',
    '\na',
    'ä',
    'a'.repeat(64),
  ])('is not %j', (text) => {
    expect(namePattern.test(text)).toBe(false);
  });
});
