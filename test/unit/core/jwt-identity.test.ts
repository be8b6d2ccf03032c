import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSubject } from '../../../core/claim-values.ts';
import type { JwtIdentity } from '../../../core/identity.ts';
import { decodeIdentity, encodeIdentity } from '../../../core/jwt-identity.ts';

const unusable = expect.objectContaining({ code: 'UNAUTHENTICATED', reason: 'identity-unusable' });

function anIdentity(overrides: Partial<JwtIdentity> = {}): JwtIdentity {
  return {
    kind: 'jwt',
    issuer: 'https://issuer.example.com',
    subject: 'workload-1',
    claims: new Map([['ref', 'refs/heads/main']]),
    expiresAt: new Date('2026-03-01T12:00:00Z'),
    evidence: { kid: 'key-1', jti: 'id-1', auditClaims: { actor: 'someone' } },
    ...overrides,
  };
}

const shortText = fc.string({ maxLength: 40 });
const scalar = fc.oneof(shortText, fc.boolean(), fc.maxSafeInteger());
const identities: fc.Arbitrary<JwtIdentity> = fc.record({
  kind: fc.constant('jwt' as const),
  issuer: fc.webUrl(),
  subject: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }).filter(isSubject),
  claims: fc
    .array(fc.tuple(shortText, fc.oneof(scalar, fc.array(scalar, { maxLength: 5 }))), {
      maxLength: 4,
    })
    .map((entries) => new Map(entries)),
  expiresAt: fc.date({ noInvalidDate: true }),
  evidence: fc.record(
    {
      kid: shortText,
      jti: shortText,
      auditClaims: fc.dictionary(shortText, shortText, { maxKeys: 3 }),
    },
    { requiredKeys: ['auditClaims'] },
  ),
});

describe('an identity handed on as text', () => {
  test('comes back as it was, whatever its parts hold', () => {
    fc.assert(
      fc.property(identities, (identity) => {
        expect(decodeIdentity(encodeIdentity(identity))).toEqual(identity);
      }),
    );
  });

  test('keeps a claim and an audit claim called __proto__', () => {
    const auditClaims: Record<string, string> = JSON.parse('{"__proto__":"odd"}');
    const identity = anIdentity({
      claims: new Map([['__proto__', 'x']]),
      evidence: { auditClaims },
    });

    const decoded = decodeIdentity(encodeIdentity(identity));

    expect(decoded.claims.get('__proto__')).toBe('x');
    expect(Object.entries(decoded.evidence.auditClaims)).toEqual([['__proto__', 'odd']]);
  });

  test('is refused, not cut, where it would be over 6 KiB', () => {
    const claims = (length: number) =>
      new Map(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, 'x'.repeat(length)] as const));

    expect(encodeIdentity(anIdentity({ claims: claims(900) })).length).toBeLessThan(6 * 1024);
    expect(() => encodeIdentity(anIdentity({ claims: claims(1_000) }))).toThrow(unusable);
  });

  test('may be of 6 KiB, to the byte', () => {
    const sized = (length: number) =>
      anIdentity({ evidence: { auditClaims: { filler: 'x'.repeat(length) } } });
    const rest = 6 * 1024 - encodeIdentity(sized(0)).length;

    expect(decodeIdentity(encodeIdentity(sized(rest)))).toEqual(sized(rest));
    expect(() => encodeIdentity(sized(rest + 1))).toThrow(unusable);
  });

  test('is measured in bytes, not in characters', () => {
    const claims = new Map(['a', 'b', 'c'].map((key) => [key, '€'.repeat(1_000)] as const));

    expect(() => encodeIdentity(anIdentity({ claims }))).toThrow(unusable);
  });
});

describe('decodeIdentity', () => {
  const wire = {
    issuer: 'https://issuer.example.com',
    subject: 'workload-1',
    claims: [['ref', 'refs/heads/main']],
    expiresAtMs: 1_772_366_400_000,
    auditClaims: {},
  };

  test('reads a text with the least it can hold', () => {
    expect(decodeIdentity(JSON.stringify(wire))).toMatchObject({ subject: 'workload-1' });
  });

  test.each<{ oddity: string; change: Record<string, unknown> }>([
    { oddity: 'no issuer', change: { issuer: undefined } },
    { oddity: 'an empty issuer', change: { issuer: '' } },
    { oddity: 'no subject', change: { subject: undefined } },
    { oddity: 'an empty subject', change: { subject: '' } },
    { oddity: 'a subject in a list', change: { subject: ['workload-1'] } },
    { oddity: 'claims as an object', change: { claims: { ref: 'refs/heads/main' } } },
    { oddity: 'a claim without a value', change: { claims: [['ref']] } },
    { oddity: 'a claim with two values', change: { claims: [['ref', 'a', 'b']] } },
    { oddity: 'a claim that is an object', change: { claims: [['ref', {}]] } },
    { oddity: 'a claim that is null', change: { claims: [['ref', null]] } },
    { oddity: 'a claim of 65 values', change: { claims: [['ref', Array(65).fill('a')]] } },
    { oddity: 'a claim under a number', change: { claims: [[1, 'a']] } },
    {
      oddity: 'a claim given twice',
      change: {
        claims: [
          ['ref', 'a'],
          ['ref', 'b'],
        ],
      },
    },
    { oddity: 'an expiry as text', change: { expiresAtMs: '1772366400000' } },
    { oddity: 'no expiry', change: { expiresAtMs: undefined } },
    {
      oddity: 'an expiry beyond all dates, which never comes',
      change: { expiresAtMs: 8.64e15 + 1 },
    },
    { oddity: 'a kid that is no text', change: { kid: 1 } },
    { oddity: 'a jti that is null', change: { jti: null } },
    { oddity: 'no audit claims', change: { auditClaims: undefined } },
    { oddity: 'an audit claim that is no text', change: { auditClaims: { actor: 1 } } },
    { oddity: 'a member that nobody knows', change: { admin: true } },
    { oddity: 'a kind of its own', change: { kind: 'iam' } },
  ])('A28: refuses $oddity', ({ change }) => {
    const text = JSON.stringify({ ...wire, ...change });

    expect(() => decodeIdentity(text)).toThrow(unusable);
  });

  test('A28: refuses what is too long to have come from the authorizer', () => {
    const text = JSON.stringify({ ...wire, jti: 'x'.repeat(7_000) });

    expect(() => decodeIdentity(text)).toThrow(unusable);
  });

  test('A28: refuses members that stand on the prototype', () => {
    const text = `{"__proto__":${JSON.stringify(wire)}}`;

    expect(() => decodeIdentity(text)).toThrow(unusable);
  });

  test('throws nothing else, whatever the text', () => {
    const texts = fc.oneof(fc.string(), fc.json(), fc.constant('x'.repeat(10_000)));

    fc.assert(
      fc.property(texts, (text) => {
        expect(() => decodeIdentity(text)).toThrow(unusable);
      }),
    );
  });
});
