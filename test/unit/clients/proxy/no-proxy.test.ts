import { describe, expect, test } from 'vitest';
import { exemptions } from '../../../../clients/proxy/no-proxy.ts';

describe('exemptions', () => {
  test.each([
    ['', 'tokens.example.com', false],
    ['*', 'tokens.example.com', true],
    ['*,other.org', 'tokens.example.com', false],
    ['example.com', 'example.com', true],
    ['example.com', 'tokens.example.com', true],
    ['.example.com', 'tokens.example.com', true],
    ['.example.com', 'example.com', true],
    ['*.example.com', 'tokens.example.com', true],
    ['example.com.', 'tokens.example.com.', true],
    ['Example.COM', 'TOKENS.example.com', true],
    ['example.com', 'notexample.com', false],
    ['tokens.example.com', 'example.com', false],
    ['other.org, example.com', 'tokens.example.com', true],
    ['other.org example.com', 'tokens.example.com', true],
    [' , ,', 'tokens.example.com', false],
    ['.', 'tokens.example.com', false],
    ['com.', 'tokens.example.com', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.4', false],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.0.0.0/33', '10.1.2.3', false],
    ['10.0.0.0/x', '10.1.2.3', false],
    ['10.0.0.0/8', 'ten.example.com', false],
    ['2.3', '10.1.2.3', false],
    ['fd00::1', 'fd00::1', true],
    ['[fd00::1]', 'fd00:0::1', true],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', '[fd12::1]', true],
    ['fd00::/8', '10.1.2.3', false],
  ])('of "%s": %s goes past the proxy: %s', (list, host, isExempt) => {
    expect(exemptions(list)(host, 443)).toBe(isExempt);
  });

  test.each([
    ['example.com:8443', 'tokens.example.com'],
    ['10.1.2.3:8443', '10.1.2.3'],
    ['[fd00::1]:8443', 'fd00::1'],
  ])('of "%s" hold for that port alone', (list, host) => {
    const exempts = exemptions(list);

    expect([exempts(host, 8443), exempts(host, 443)]).toEqual([true, false]);
  });

  test.each(['localhost', '127.0.0.1', '127.8.8.8', '::1', '[::1]'])(
    'always hold for %s',
    (host) => {
      expect(exemptions('')(host, 443)).toBe(true);
    },
  );

  test('do not take a name that begins like a loopback address for one', () => {
    expect(exemptions('')('127.example.com', 443)).toBe(false);
  });
});
