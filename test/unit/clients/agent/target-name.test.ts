import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTargetName } from '../../../../clients/agent/target-name.ts';

describe('a target', () => {
  it.each([
    ['orders', { alias: 'orders', database: 'orders' }],
    ['orders/orders_app', { alias: 'orders', database: 'orders', user: 'orders_app' }],
    ['ro=orders/reader', { alias: 'ro', database: 'orders', user: 'reader' }],
    ['A_1=orders', { alias: 'A_1', database: 'orders' }],
    ['orders/app=user:x', { alias: 'orders', database: 'orders', user: 'app=user:x' }],
  ])('is read from %s', (text, expected) => {
    expect(parseTargetName(text)).toEqual(expected);
  });

  it.each([
    '',
    '/',
    'orders/',
    '=orders',
    'x=',
    'a=b=c',
    'Orders',
    '../orders',
    '..=orders',
    '.=orders',
    'a.b=orders',
    'orders/a/b',
    'orders/a b',
    'orders/$x',
    'orders/*',
    'orders\n',
    'orders/a\n',
    '-x=orders',
  ])('is not %j', (text) => {
    expect(parseTargetName(text)).toBeUndefined();
  });

  it('never has an alias that leads out of a folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab=/.\\-_\0\n ') }), (text) => {
        expect(parseTargetName(text)?.alias ?? 'a').toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]*$/);
      }),
    );
  });
});
