import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jwtFacts } from '../../../../../clients/cli/doctor/jwt-facts.ts';

const jwt = (claims: unknown): string =>
  `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('what a JWT says of itself', () => {
  it.each([
    ['one audience', 'a', ['a']],
    ['several', ['a', 'b'], ['a', 'b']],
  ])('is its issuer, its end and %s', (_, aud, audiences) => {
    expect(jwtFacts(jwt({ iss: 'https://i', aud, exp: 1_772_366_400, email: 'planted' }))).toEqual({
      issuer: 'https://i',
      audiences,
      expiresAt: new Date('2026-03-01T12:00:00Z'),
    });
  });

  it.each([
    ['', 'nothing'],
    ['a.b', 'two parts'],
    ['a.b.c.d', 'four parts'],
    ['a.!!.c', 'no base64'],
    [jwt(null), 'no object'],
    [jwt({ iss: 'i', aud: 'a' }), 'no end'],
    [jwt({ iss: 'i', aud: 'a', exp: '1' }), 'an end of another type'],
    [jwt({ iss: 'i', aud: 'a', exp: 1e300 }), 'an end that is no instant'],
    [jwt({ iss: 'i', aud: 1, exp: 1 }), 'an audience of another type'],
  ])('is nothing for %s (%s)', (text) => {
    expect(jwtFacts(text)).toBeUndefined();
  });

  it('is never an exception', () => {
    fc.assert(fc.property(fc.string(), (text) => void jwtFacts(`a.${text}.b`)));
  });
});
