import { expect, test } from 'vitest';
import { checkProxy } from '../../../../../clients/cli/doctor/proxy-check.ts';
import { httpProxyIn } from '../../../../../clients/proxy/http-proxy.ts';

const https_proxy = 'http://ana:PLANTED-password@proxy.example.com:3128';
const urls = [
  'https://tokens.example.com',
  'https://tokens.example.org:8443/v1',
  'http://[::1]:80',
];

test('says nothing where there is no proxy', () => {
  expect([...checkProxy({ proxy: undefined, urls })]).toEqual([]);
});

test('says of each address whether the proxy is on the way, and no password', () => {
  const proxy = httpProxyIn({ https_proxy, no_proxy: 'example.org:8443' });

  const findings = [...checkProxy({ proxy, urls })];

  expect(findings).toEqual([
    { check: 'proxy', status: 'ok', saw: 'http://proxy.example.com:3128, for tokens.example.com' },
    {
      check: 'proxy',
      status: 'ok',
      saw: 'http://proxy.example.com:3128, and not for tokens.example.org',
    },
    { check: 'proxy', status: 'ok', saw: 'http://proxy.example.com:3128, and not for [::1]' },
  ]);
});
