import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkArrival, createTokenCheck } from '../../../../layers/extension/admission.ts';

const port = 2777;
const ordinary = { host: '127.0.0.1:2777' };
const reasonOf = (headers: Record<string, string>, method = 'GET') =>
  checkArrival({ method, headers: { ...ordinary, ...headers } }, port)?.reason;

describe('A20: what is let in', () => {
  it.each(['127.0.0.1:2777', 'localhost:2777'])('is addressed to %s', (host) => {
    expect(reasonOf({ host })).toBeUndefined();
  });

  it.each(['GET', 'HEAD'])('is a %s', (method) => {
    expect(reasonOf({}, method)).toBeUndefined();
  });

  it.each([
    'attacker.example:2777',
    '127.0.0.1',
    '127.0.0.1:2778',
    '127.0.0.1:27770',
    '127.0.0.1:2777.attacker.example',
    '127.1:2777',
    '[::1]:2777',
    '0.0.0.0:2777',
    'LOCALHOST:2777',
    '',
  ])('is not addressed to %j, as after a DNS rebinding', (host) => {
    expect(reasonOf({ host })).toBe('host');
  });

  it('is addressed to somebody', () => {
    expect(checkArrival({ method: 'GET', headers: {} }, port)?.reason).toBe('host');
  });

  it.each([
    ['origin', 'null'],
    ['origin', 'http://127.0.0.1:2777'],
    ['referer', 'http://localhost:2777/'],
    ['sec-fetch-site', 'none'],
    ['sec-fetch-site', 'same-origin'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'localhost'],
    ['forwarded', 'for=127.0.0.1'],
    ['via', '1.1 proxy'],
    ['x-forwarded-for', ''],
  ])('does not come from a browser or through a proxy (%s: %s)', (name, value) => {
    expect(reasonOf({ [name]: value })).toBe('browser-or-proxy');
  });

  it('may say that it carries nothing', () => {
    expect(reasonOf({ 'content-length': '0' })).toBeUndefined();
  });

  it('comes from fetch in Node, which sets a header of its own', () => {
    expect(reasonOf({ 'sec-fetch-mode': 'cors' })).toBeUndefined();
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'get'])('is no %s', (method) => {
    expect(reasonOf({}, method)).toBe('method');
  });

  it.each([
    ['content-length', '5'],
    ['content-length', '00'],
    ['transfer-encoding', 'chunked'],
  ])('carries no body (%s: %s)', (name, value) => {
    expect(reasonOf({ [name]: value })).toBe('body');
  });
});

describe('A20: the token', () => {
  const check = createTokenCheck('the-session-token');

  it.each(['x-tokenvend-token', 'x-aws-parameters-secrets-token'])('is taken from %s', (name) => {
    expect(check({ [name]: 'the-session-token' })).toBeUndefined();
  });

  it('must be there', () => {
    expect(check({})).toEqual({ code: 'UNAUTHENTICATED', reason: 'token-missing' });
  });

  it.each(['', 'the-session-toke', 'the-session-token ', 'the-session-token, the-session-token'])(
    'is not %j',
    (claimed) => {
      expect(check({ 'x-tokenvend-token': claimed })?.reason).toBe('token-wrong');
    },
  );

  it('is not taken from the other name once the first is wrong', () => {
    const both = {
      'x-tokenvend-token': 'x',
      'x-aws-parameters-secrets-token': 'the-session-token',
    };

    expect(check(both)?.reason).toBe('token-wrong');
  });

  it('is no list, even of the token', () => {
    const twice = ['the-session-token', 'the-session-token'];

    expect(check({ 'x-tokenvend-token': twice })?.reason).toBe('token-wrong');
  });

  it('is nothing but itself', () => {
    fc.assert(
      fc.property(fc.string(), (claimed) => {
        const isLetIn = check({ 'x-tokenvend-token': claimed }) === undefined;
        expect(isLetIn).toBe(claimed === 'the-session-token');
      }),
    );
  });
});
