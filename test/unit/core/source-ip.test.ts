import { describe, expect, it } from 'vitest';
import { isCidr, isInNetworks } from '../../../core/source-ip.ts';

describe('isInNetworks', () => {
  it.each<[string | undefined, string, boolean]>([
    ['10.1.2.3', '10.1.2.3/32', true],
    ['10.1.2.4', '10.1.2.3/32', false],
    ['10.1.255.255', '10.1.0.0/16', true],
    ['10.2.0.0', '10.1.0.0/16', false],
    ['10.1.2.3', '10.1.200.200/16', true],
    ['192.0.2.1', '0.0.0.0/0', true],
    ['2001:db8:0:1::', '2001:db8::/47', true],
    ['2001:db8::1', '::/0', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['::ffff:10.1.2.3', '10.1.0.0/16', true],
    ['2001:db8::1', '0.0.0.0/0', false],
    ['10.1.2.3, 10.9.9.9', '10.1.0.0/16', false],
    ['10.1.2.3\n', '10.1.0.0/16', false],
    ['010.1.2.3', '10.1.0.0/16', false],
    ['', '0.0.0.0/0', false],
    [undefined, '0.0.0.0/0', false],
  ])('says of %j in %s: %s', (ip, cidr, inside) => {
    expect(isInNetworks(ip, [cidr])).toBe(inside);
  });

  it('is satisfied by any one of the networks, and by none of none', () => {
    expect(isInNetworks('10.0.0.1', ['192.0.2.0/24', '10.0.0.0/8'])).toBe(true);
    expect(isInNetworks('10.0.0.1', [])).toBe(false);
  });
});

describe('isCidr', () => {
  it.each(['10.0.0.0/8', '0.0.0.0/0', '10.0.0.1/32', '::/0', '2001:db8::/128'])(
    'accepts %s',
    (text) => {
      expect(isCidr(text)).toBe(true);
    },
  );

  it.each([
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    ' 10.0.0.0/8',
    '10.0.0.0/8\n',
    '2001:db8::/129',
    'fe80::1%eth0/64',
    '/8',
    '*',
  ])('refuses %j', (text) => {
    expect(isCidr(text)).toBe(false);
  });
});
