import { describe, expect, it } from 'vitest';
import type { ClaimValue, Match } from '../../../core/registry/model.ts';
import { memberMatches } from '../../../core/trust-rule.ts';
import { aCaller, anIamCaller } from '../../builders/callers.ts';
import { aClaimsMember, aMember, anIamMember } from '../../builders/registry.ts';

const claimMatches = (match: Match, value: ClaimValue): boolean =>
  memberMatches(aClaimsMember([{ key: 'c', match }]), aCaller({ claims: { c: value } }));

describe('subjects', () => {
  it.each([
    ['the exact subject', { exact: 'a:b' }, 'a:b', true],
    ['another subject', { exact: 'a:b' }, 'a:c', false],
    ['a subject that goes on', { exact: 'a:b' }, 'a:b:c', false],
    ['another case', { exact: 'a:b' }, 'A:b', false],
    ['a subject under the prefix', { prefix: 'a:' }, 'a:b', true],
    ['the bare prefix', { prefix: 'a:' }, 'a:', false],
    ['a subject that shares only letters', { prefix: 'repo:acme/' }, 'repo:acme-evil/x', false],
    ['a subject with the prefix inside', { prefix: 'a:' }, 'x:a:b', false],
    ['a Cyrillic look-alike (A2)', { exact: 'api' }, 'аpi', false],
    ['a trailing newline (A2)', { exact: 'api' }, 'api\n', false],
  ] as const)('are compared byte by byte: %s', (_, subject, presented, matches) => {
    const member = aMember({ subject });

    const result = memberMatches(member, aCaller({ subject: presented }));

    expect(result).toBe(matches);
  });

  it('of one issuer say nothing about another issuer', () => {
    const result = memberMatches(aMember(), aCaller({ issuer: 'https://issuer.example.com/' }));

    expect(result).toBe(false);
  });
});

describe('claims', () => {
  it.each<[string, Match, ClaimValue, boolean]>([
    ['the same text', { exact: 'true' }, 'true', true],
    ['a boolean for a text', { exact: 'true' }, true, false],
    ['a text for a boolean', { exact: true }, 'true', false],
    ['a text for a number', { exact: 1 }, '1', false],
    ['a number for a text', { exact: '1' }, 1, false],
    ['a number for a boolean', { exact: true }, 1, false],
    ['false, which is a value', { exact: false }, false, true],
    ['zero, which is a value', { exact: 0 }, 0, true],
    ['an array that holds the text', { exact: 'a' }, ['b', 'a'], true],
    ['an array that holds it by another type', { exact: '1' }, [1], false],
    ['an empty array', { exact: 'a' }, [], false],
    ['a text that an array would join to', { exact: 'a,b' }, ['a', 'b'], false],
    ['an element under the prefix', { prefix: 'org/' }, ['x', 'org/a'], true],
    ['a number under a prefix', { prefix: 'org/' }, 7, false],
  ])('A9: match by type: %s', (_, match, value, matches) => {
    expect(claimMatches(match, value)).toBe(matches);
  });

  it('A9: that are missing satisfy nothing, whatever every object inherits', () => {
    const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

    const results = inherited.map((key) =>
      memberMatches(aClaimsMember([{ key, match: { exact: 'x' } }]), aCaller()),
    );

    expect(results).not.toContain(true);
  });

  it('must all hold, together with the subject', () => {
    const member = aMember({ claims: [{ key: 'ref', match: { exact: 'main' } }] });

    const both = memberMatches(member, aCaller({ claims: { ref: 'main' } }));
    const noClaim = memberMatches(member, aCaller());
    const noSubject = memberMatches(member, aCaller({ subject: 'x', claims: { ref: 'main' } }));

    expect([both, noClaim, noSubject]).toEqual([true, false, false]);
  });

  it('A10: are needed: a member without any condition admits nobody', () => {
    expect(memberMatches(aClaimsMember([]), aCaller())).toBe(false);
  });
});

describe('IAM principals', () => {
  it.each([
    ['another session name', { sessionName: 'run-2' }, true],
    ['another account', { account: '999988887777' }, false],
    ['another role', { principalName: 'payments-nightly2' }, false],
    ['another case', { principalName: 'Payments-Nightly' }, false],
    ['a user of the same name', { principal: 'user' }, false],
    ['a role created anew, unpinned', { uniqueId: 'AROAANOTHERONE123456' }, true],
  ] as const)('A12: are account and name: %s', (_, caller, matches) => {
    expect(memberMatches(anIamMember(), anIamCaller(caller))).toBe(matches);
  });

  it('A12: that are pinned do not match a role created anew under the same name', () => {
    const member = anIamMember({ uniqueId: 'AROAEXAMPLEEXAMPLE12' });

    const original = memberMatches(member, anIamCaller());
    const recreated = memberMatches(member, anIamCaller({ uniqueId: 'AROAANOTHERONE123456' }));

    expect([original, recreated]).toEqual([true, false]);
  });

  it('never pass for the subject of a JWT, nor the reverse', () => {
    const jwt = aCaller({ subject: 'role/payments-nightly', issuer: '111122223333' });
    const member = aMember({ issuer: '111122223333', subject: { exact: 'role/payments-nightly' } });

    expect(memberMatches(anIamMember(), jwt)).toBe(false);
    expect(memberMatches(member, anIamCaller())).toBe(false);
  });
});
