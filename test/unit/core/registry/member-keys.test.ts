import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keyOfMember,
  keysOfIdentity,
  maxMemberKeys,
} from '../../../../core/registry/member-keys.ts';
import type { ClaimValue } from '../../../../core/registry/model.ts';
import { memberMatches } from '../../../../core/trust-rule.ts';
import { aCaller, anIamCaller } from '../../../builders/callers.ts';
import { aClaimsMember, aMember, anIamMember } from '../../../builders/registry.ts';

const texts = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '"', ',', ']'), maxLength: 8 });
const scalars = fc.oneof(texts, fc.boolean(), fc.integer({ min: -2, max: 2 }));
const claims = fc.dictionary(
  fc.constantFrom('one', 'two', '/three'),
  fc.oneof<fc.Arbitrary<ClaimValue>[]>(scalars, fc.array(scalars, { maxLength: 4 })),
);

/** Prefixes as the registry allows them: they end in `:` or `/`. */
const prefixes = fc.tuple(texts, fc.constantFrom(':', '/')).map(([text, end]) => text + end);
const textMatches = fc.oneof(
  texts.map((exact) => ({ exact })),
  prefixes.map((prefix) => ({ prefix })),
);
const matches = fc.oneof(
  scalars.map((exact) => ({ exact })),
  prefixes.map((prefix) => ({ prefix })),
);
const conditions = fc.array(
  fc.record({ key: fc.constantFrom('one', 'two', '/three'), match: matches }),
  {
    maxLength: 2,
  },
);

describe('the keys of a caller', () => {
  it('hold the key of every member that admits it', () => {
    const members = fc.oneof(
      fc.record({ subject: textMatches, claims: conditions }).map((parts) => aMember(parts)),
      conditions
        .filter((some) => some.some(({ match }) => 'exact' in match))
        .map((some) => aClaimsMember(some)),
    );

    fc.assert(
      fc.property(texts, claims, members, (subject, presented, member) => {
        const caller = aCaller({ subject, claims: presented });
        fc.pre(memberMatches(member, caller));
        expect(keysOfIdentity(caller)).toContain(keyOfMember(member));
      }),
      { numRuns: 300 },
    );
  });

  it('are the subject, its prefixes at each boundary, and each claim', () => {
    const caller = aCaller({ issuer: 'i', subject: 'a:b/c', claims: { g: ['x', 7], ok: true } });

    expect(keysOfIdentity(caller)).toEqual([
      '["subject","i","a:b/c"]',
      '["prefix","i","a:"]',
      '["prefix","i","a:b/"]',
      '["claim","i","g","x"]',
      '["claim","i","g",7]',
      '["claim","i","ok",true]',
    ]);
  });

  it('are given once each, since a table refuses a batch that names a key twice', () => {
    const keys = keysOfIdentity(aCaller({ claims: { groups: ['x', 'x', 'x'] } }));

    expect(keys).toHaveLength(new Set(keys).size);
  });

  it('of an IAM caller are one, whatever its session is called', () => {
    const member = keyOfMember(anIamMember({ uniqueId: 'AROAEXAMPLEEXAMPLE12' }));

    expect(keysOfIdentity(anIamCaller({ sessionName: 'x' }))).toEqual([member]);
    expect(keysOfIdentity(anIamCaller({ principal: 'user' }))).not.toContain(member);
    expect(keysOfIdentity(anIamCaller({ account: '999988887777' }))).not.toContain(member);
  });

  it('A9: differ by the type of a value, and by the issuer', () => {
    const keys = (issuer: string, c: ClaimValue) =>
      keysOfIdentity(aCaller({ issuer, claims: { c } }));
    const all = [keys('i', '1'), keys('i', 1), keys('i', true), keys('i', 'true'), keys('j', '1')];

    expect(new Set(all.map((each) => each.at(-1))).size).toBe(5);
  });

  it('are no more than one lookup can hold: beyond that, nothing is decided on half an identity', () => {
    const groups = (count: number) => Array.from({ length: count }, (_, index) => `g${index}`);
    const caller = (count: number) => aCaller({ subject: 's', claims: { groups: groups(count) } });

    expect(keysOfIdentity(caller(maxMemberKeys - 1))).toHaveLength(maxMemberKeys);
    expect(() => keysOfIdentity(caller(maxMemberKeys))).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED', reason: 'too-many-claim-values' }),
    );
  });
});

describe('the key of a member', () => {
  it('is its subject, else the subject prefix, else its first exact claim', () => {
    const claim = { key: 'c', match: { exact: 'x' } };
    const pattern = { key: 'p', match: { prefix: 'a/' } };

    expect(keyOfMember(aMember({ issuer: 'i', subject: { exact: 's' }, claims: [claim] }))).toBe(
      '["subject","i","s"]',
    );
    expect(keyOfMember(aMember({ issuer: 'i', subject: { prefix: 's:' } }))).toBe(
      '["prefix","i","s:"]',
    );
    expect(keyOfMember(aClaimsMember([pattern, claim], { issuer: 'i' }))).toBe(
      '["claim","i","c","x"]',
    );
  });

  it('cannot be told where only patterns are given', () => {
    const pattern = { key: 'p', match: { prefix: 'a/' } };

    expect(() => keyOfMember(aClaimsMember([pattern]))).toThrow();
  });
});
