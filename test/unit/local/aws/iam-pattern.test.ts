import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesArn, matchesGlob } from '../../../../local/aws/iam-pattern.ts';

describe('matchesGlob', () => {
  it.each([
    ['tokenvend-*', 'tokenvend-payments', true],
    ['tokenvend-*', 'tokenvend-', true],
    ['tokenvend-*', 'xtokenvend-payments', false],
    ['*-payments', 'tokenvend-payments', true],
    ['a*c*e', 'abcde', true],
    ['a*c*e', 'abcdef', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a.c', 'abc', false],
    ['(a|b)', 'a', false],
    ['*\n', 'a\n', true],
  ])('%j against %j is %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('agrees with a regular expression on any pattern', () => {
    const letters = (alphabet: string) =>
      fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }).map((found) => found.join(''));

    fc.assert(
      fc.property(letters('ab*?'), letters('ab'), (pattern, text) => {
        const source = pattern.replaceAll('*', '.*').replaceAll('?', '.');

        expect(matchesGlob(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
    );
  });

  it('answers at once where a regular expression would backtrack', () => {
    const pattern = `${'*a'.repeat(400)}b`;

    const matched = matchesGlob(pattern, 'a'.repeat(2000));

    expect(matched).toBe(false);
  });
});

describe('matchesArn', () => {
  const arn = 'arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-ABC/orders_app';

  it.each([
    [arn, true],
    ['*', true],
    ['arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-ABC/*', true],
    ['arn:aws:rds-db:eu-west-1:111122223333:dbuser:*/orders_app', true],
    ['arn:aws:rds-db:*:111122223333:dbuser:*', true],
    ['arn:aws:rds-db:eu-west-1:444455556666:dbuser:db-ABC/orders_app', false],
    ['arn:aws:rds-db:eu-west-2:111122223333:dbuser:db-ABC/orders_app', false],
    ['arn:aws-cn:rds-db:eu-west-1:111122223333:dbuser:db-ABC/orders_app', false],
    ['arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-ABC/orders', false],
    ['arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-ABC/ORDERS_APP', false],
    ['arn:aws:*', false],
  ])('%s is %s', (pattern, expected) => {
    expect(matchesArn(pattern, arn)).toBe(expected);
  });

  it('lets a wildcard reach no further than its own part', () => {
    const pattern = 'arn:aws:iam::*:role/tokenvend-x';

    const matched = matchesArn(pattern, 'arn:aws:iam::1:user/a:role/tokenvend-x');

    expect(matched).toBe(false);
  });
});
