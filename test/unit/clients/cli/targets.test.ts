import { describe, expect, it } from 'vitest';
import { fileMode, wholeNumber } from '../../../../clients/cli/numbers.ts';
import { parseTargets, parseTunnels } from '../../../../clients/cli/targets.ts';

const refused = expect.objectContaining({ name: 'CliError', exitCode: 2 });

describe('targets', () => {
  it('are told apart by their aliases', () => {
    const aliases = parseTargets(['orders', 'ro=orders/reader']).map(({ alias }) => alias);

    expect(aliases).toEqual(['orders', 'ro']);
  });

  it.each([
    ['the same twice', ['orders', 'orders/reader']],
    ['one that is none', ['orders', 'a b']],
  ])('are not %s', (_, texts) => {
    expect(() => parseTargets(texts)).toThrow(refused);
  });
});

describe('--via', () => {
  const one = parseTargets(['orders']);
  const two = parseTargets(['orders', 'ledger']);

  it.each([
    ['127.0.0.1:15432', one, { host: '127.0.0.1', port: 15432 }],
    ['[::1]:15432', one, { host: '::1', port: 15432 }],
    ['orders=127.0.0.1:1', one, { host: '127.0.0.1', port: 1 }],
    ['ledger=127.0.0.1:1, orders=127.0.0.2:2', two, { host: '127.0.0.2', port: 2 }],
    ['ledger=127.0.0.1:1', two, undefined],
    [undefined, two, undefined],
  ])('%s leads to orders by %o', (text, targets, expected) => {
    expect(parseTunnels(text, targets)({ alias: 'orders', database: 'orders' })).toEqual(expected);
  });

  it.each([
    ['localhost:15432', one],
    ['127.0.0.1', one],
    ['127.0.0.1:0', one],
    ['127.0.0.1:70000', one],
    ['::1:15432', one],
    ['other=127.0.0.1:1', one],
    ['127.0.0.1:15432', two],
  ])('cannot be %s', (text, targets) => {
    expect(() => parseTunnels(text, targets)).toThrow(refused);
  });
});

it.each(['', 'x', '-1', '1.5', '11', '1e1', ' 5', '0x1', '99999999999'])(
  '%j is no whole number up to ten',
  (text) => {
    expect(() => wholeNumber('--x', text, { least: 0, most: 10 })).toThrow(refused);
  },
);

it.each([
  ['0600', 0o600],
  ['640', 0o640],
  ['0644', 0o644],
])('%s is a mode of files', (text, mode) => {
  expect(fileMode(text)).toBe(mode);
});

it.each(['', '0660', '0666', '0700', '600x', '0400', '0602'])('%s is no mode of files', (text) => {
  expect(() => fileMode(text)).toThrow(refused);
});
