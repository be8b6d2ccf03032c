import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerKey, isExpired, principalOf } from '../../../core/identity.ts';
import { aCaller, anIamCaller } from '../../builders/callers.ts';
import { secondsAfter, startOfTest } from '../../builders/clock.ts';

describe('isExpired', () => {
  it.each([
    [-1, false],
    [0, false],
    [29.999, false],
    [30, true],
    [31, true],
  ])('says of an identity %d s past its end: %s', (past, expired) => {
    const identity = aCaller({ expiresAt: startOfTest });

    expect(isExpired(identity, secondsAfter(past))).toBe(expired);
  });

  it('never says so of an IAM caller, whose signature API Gateway has just checked', () => {
    expect(isExpired(anIamCaller(), new Date(8.64e15))).toBe(false);
  });
});

describe('principalOf', () => {
  it('names the subject of a JWT, and kind and name of an IAM principal', () => {
    expect(principalOf(aCaller({ subject: 's' }))).toBe('s');
    expect(principalOf(anIamCaller())).toBe('role/payments-nightly');
    expect(principalOf(anIamCaller({ principal: 'user' }))).toBe('user/payments-nightly');
  });
});

describe('callerKey', () => {
  it('A15: differs whenever issuer or subject differ, however they are cut', () => {
    const text = fc.string({
      unit: fc.constantFrom('"', ',', '[', ']', '\\', 'a', ':'),
      maxLength: 6,
    });

    fc.assert(
      fc.property(text, text, text, text, (issuer, subject, issuer2, subject2) => {
        const one = callerKey(aCaller({ issuer, subject }));
        const other = callerKey(aCaller({ issuer: issuer2, subject: subject2 }));
        expect(one === other).toBe(issuer === issuer2 && subject === subject2);
      }),
    );
  });

  it('A12: is one for all sessions of a role, and another for another account or kind', () => {
    const own = callerKey(anIamCaller());

    expect(callerKey(anIamCaller({ sessionName: 'run-2' }))).toBe(own);
    expect(callerKey(anIamCaller({ account: '999988887777' }))).not.toBe(own);
    expect(callerKey(anIamCaller({ principal: 'user' }))).not.toBe(own);
  });
});
