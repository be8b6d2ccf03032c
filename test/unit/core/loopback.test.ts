import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../../core/loopback.ts';

describe('loopback', () => {
  it.each([
    'http://localhost',
    'http://LOCALHOST:8080/path',
    'http://127.0.0.1',
    'http://127.1',
    'http://127.0.0.2/jwks',
    'http://127.100.200.254:8080',
    'http://[::1]:3000',
    'http://[0:0:0:0:0:0:0:1]',
  ])('is %s', (text) => {
    expect(isLoopback(new URL(text))).toBe(true);
  });

  it.each([
    'http://127.0.0.1.example.com',
    'http://127.0.0.example.com',
    'http://localhost.example.com',
    'http://my-localhost',
    'http://my.127.0.0.1.x',
    'http://example.com/127.0.0.1',
    'http://127.0.0.1@example.com',
    'http://128.0.0.1',
    'http://169.254.169.254',
    'http://0.0.0.0',
    'http://[::2]',
    'http://[::1:1]',
  ])('A2: is not %s', (text) => {
    expect(isLoopback(new URL(text))).toBe(false);
  });

  it.each(['127.0.0.1111', '127.0.1111.1', '127.1111.0.1', 'x[::1]', '[::1]x', '127.0.0.1x'])(
    'is not a text like %s, which no URL has for a host',
    (hostname) => {
      expect(isLoopback({ hostname })).toBe(false);
    },
  );
});
