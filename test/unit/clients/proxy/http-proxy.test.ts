import { describe, expect, test } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import { httpProxyIn } from '../../../../clients/proxy/http-proxy.ts';

const http_proxy = 'http://plain.example.com:3128';

describe('httpProxyIn', () => {
  test.each([
    [{}, undefined],
    [{ http_proxy, HTTP_PROXY: http_proxy, all_proxy: http_proxy }, undefined],
    [{ https_proxy: '', HTTPS_PROXY: '' }, undefined],
    [{ HTTPS_PROXY: 'http://large:3128' }, 'http://large:3128/'],
    [{ https_proxy: 'http://small:3128', HTTPS_PROXY: 'http://large:3128' }, 'http://small:3128/'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://large:3128' }, 'http://large:3128/'],
    [{ https_proxy: 'proxy.example.com:3128' }, 'http://proxy.example.com:3128/'],
    [{ https_proxy: 'https://proxy.example.com' }, 'https://proxy.example.com/'],
    [{ https_proxy: 'HTTP://proxy.example.com:3128/path?query' }, 'http://proxy.example.com:3128/'],
  ])('finds in %j the proxy %s', (env, url) => {
    expect(httpProxyIn(env)?.url.href).toBe(url);
  });

  test.each([
    ['http://proxy:3128', undefined],
    ['http://ana:s%40fe@proxy:3128', 'ana:s@fe'],
    ['ana:safe@proxy:3128', 'ana:safe'],
    ['http://ana@proxy:3128', 'ana:'],
    ['http://%C3%A4:x@proxy:3128', 'ä:x'],
  ])('of %s sends the credentials %s', (https_proxy, pair) => {
    const sent = pair && `Basic ${Buffer.from(pair).toString('base64')}`;

    expect(httpProxyIn({ https_proxy })?.authorization).toBe(sent);
  });

  test('A21: names the proxy without its credentials', () => {
    const proxy = httpProxyIn({ https_proxy: 'http://ana:PLANTED@proxy:3128' });

    expect(String(proxy?.url)).toBe('http://proxy:3128/');
  });

  test.each([
    'socks5://proxy:1080',
    'http://',
    'http://ana:PLANTED@proxy:99999',
    'http://ana:PLANTED%@proxy:3128',
  ])('A21: refuses %s, and repeats nothing of it', (https_proxy) => {
    const attempt = () => httpProxyIn({ https_proxy });

    expect(attempt).toThrow(new ClientError('proxy-invalid'));
  });

  test.each([
    [{ no_proxy: 'a.example.com', NO_PROXY: 'b.example.com' }, 'a.example.com', true],
    [{ no_proxy: 'a.example.com', NO_PROXY: 'b.example.com' }, 'b.example.com', false],
    [{ no_proxy: '', NO_PROXY: 'b.example.com' }, 'b.example.com', true],
  ])('with %j: %s goes past the proxy: %s', (env, host, isExempt) => {
    const proxy = httpProxyIn({ ...env, https_proxy: 'proxy:3128' });

    expect(proxy?.exempts(host, 443)).toBe(isExempt);
  });
});
