import { describe, expect, test } from 'vitest';
import { apiUrl } from '../../../../clients/api-client/api-url.ts';

describe('apiUrl', () => {
  test.each([
    [
      'https://abc.execute-api.eu-west-1.amazonaws.com/api',
      'https://abc.execute-api.eu-west-1.amazonaws.com/api/',
    ],
    ['https://tokens.example.com', 'https://tokens.example.com/'],
    ['https://tokens.example.com/a/b//', 'https://tokens.example.com/a/b/'],
    ['http://127.0.0.1:3000/api', 'http://127.0.0.1:3000/api/'],
    ['http://localhost:3000', 'http://localhost:3000/'],
    ['http://[::1]:3000', 'http://[::1]:3000/'],
  ])('takes %s', (text, expected) => {
    expect(apiUrl(text).href).toBe(expected);
  });

  test.each([
    'https://tokens.example.com//other.example.com',
    'https://tokens.example.com//api/',
    'http://127.0.0.1:3000//other.example.com',
  ])('does not take the path of %s for a host that identities would be sent to', (text) => {
    const { host } = new URL(text);

    expect(new URL('v1/tokens', apiUrl(text)).host).toBe(host);
  });

  test.each([
    'http://tokens.example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://169.254.169.254',
    'https://user:secret@tokens.example.com',
    'https://tokens.example.com/?x=1',
    'https://tokens.example.com/#x',
    'ftp://tokens.example.com',
    'file:///etc/passwd',
    'tokens.example.com',
    '',
  ])('refuses %j', (text) => {
    expect(() => apiUrl(text)).toThrow(expect.objectContaining({ reason: 'url-invalid' }));
  });
});
