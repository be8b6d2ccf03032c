import { describe, expect, test } from 'vitest';
import { identityFromClaims } from '../../../core/identity-from-claims.ts';
import type { Issuer } from '../../../core/registry/model.ts';

function anIssuer(overrides: Partial<Issuer> = {}): Issuer {
  return {
    name: 'example',
    url: 'https://issuer.example.com',
    audiences: ['https://tokens.example.com'],
    algorithms: ['RS256'],
    keys: { kind: 'inline', jwks: { keys: [] } },
    maxTokenLifetimeSeconds: 86_400,
    claimKeys: [],
    auditClaims: [],
    ...overrides,
  };
}

const someClaims = { sub: 'workload-1', exp: 1_800_000_000 };
const inEveryGroup = {
  ...someClaims,
  ref: 'refs/heads/main',
  groups: Array.from({ length: 200 }, (_, at) => `group-${at}`),
};

describe('identityFromClaims', () => {
  test('keeps the claims that the registry reads, under the keys it reads them with', () => {
    const issuer = anIssuer({ claimKeys: ['ref', '/kubernetes.io/namespace', 'absent'] });
    const claims = {
      ...someClaims,
      ref: 'refs/heads/main',
      'kubernetes.io': { namespace: 'payments' },
      email: 'private@example.com',
    };

    const identity = identityFromClaims(claims, issuer, 'key-1');

    expect(identity).toEqual({
      kind: 'jwt',
      issuer: 'https://issuer.example.com',
      subject: 'workload-1',
      claims: new Map([
        ['ref', 'refs/heads/main'],
        ['/kubernetes.io/namespace', 'payments'],
      ]),
      expiresAt: new Date(1_800_000_000_000),
      evidence: { kid: 'key-1', auditClaims: {} },
    });
  });

  test('has no evidence where the JWT gives none', () => {
    const { evidence } = identityFromClaims(someClaims, anIssuer());

    expect(evidence).toStrictEqual({ auditClaims: {} });
  });

  test.each([{ reads: { claimKeys: ['groups'] } }, { reads: { auditClaims: ['groups'] } }])(
    'refuses the caller where a claim with too many values is read: $reads',
    ({ reads }) => {
      expect(() => identityFromClaims(inEveryGroup, anIssuer(reads))).toThrow(
        expect.objectContaining({ code: 'UNAUTHENTICATED', reason: 'too-many-claim-values' }),
      );
    },
  );

  test('does not mind a claim with many values that nobody reads', () => {
    const { claims } = identityFromClaims(inEveryGroup, anIssuer({ claimKeys: ['ref'] }));

    expect(claims).toEqual(new Map([['ref', 'refs/heads/main']]));
  });

  test('A9: keeps the type of a claim', () => {
    const issuer = anIssuer({ claimKeys: ['text', 'flag', 'id'] });

    const { claims } = identityFromClaims(
      { ...someClaims, text: 'true', flag: true, id: 123456789 },
      issuer,
    );

    expect([...claims.values()]).toEqual(['true', true, 123456789]);
  });

  test('copies audit claims as text, cut to what a record holds', () => {
    const issuer = anIssuer({ auditClaims: ['actor', 'run_id', 'list', 'absent', '__proto__'] });
    const claims: unknown = JSON.parse(
      JSON.stringify({ ...someClaims, actor: 'x'.repeat(300), run_id: 42, list: ['a'] }).replace(
        '{',
        '{"__proto__":"odd",',
      ),
    );

    const { auditClaims } = identityFromClaims(claims, issuer).evidence;

    expect(Object.entries(auditClaims)).toEqual([
      ['actor', `${'x'.repeat(255)}…`],
      ['run_id', '42'],
      ['__proto__', 'odd'],
    ]);
  });

  test.each([
    { jti: 'id-1', expected: 'id-1' },
    { jti: 'x'.repeat(300), expected: `${'x'.repeat(255)}…` },
    { jti: 7, expected: undefined },
    { jti: { a: 1 }, expected: undefined },
  ])('notes a jti only if it is text, and cuts it', ({ jti, expected }) => {
    const identity = identityFromClaims({ ...someClaims, jti }, anIssuer());

    expect(identity.evidence.jti).toBe(expected);
  });

  test.each([
    { what: 'no subject', claims: { exp: 1 } },
    { what: 'an empty subject', claims: { ...someClaims, sub: '' } },
    { what: 'a subject that is a number', claims: { ...someClaims, sub: 1 } },
    { what: 'a subject with a line break', claims: { ...someClaims, sub: 'a\nb' } },
    { what: 'no expiry', claims: { sub: 'a' } },
    { what: 'an expiry as text', claims: { sub: 'a', exp: '1800000000' } },
    { what: 'an expiry beyond all dates', claims: { sub: 'a', exp: 1e300 } },
    { what: 'a list', claims: [] },
    { what: 'null', claims: null },
  ])('A9: refuses claims with $what', ({ claims }) => {
    expect(() => identityFromClaims(claims, anIssuer())).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED', reason: 'identity-unusable' }),
    );
  });
});
