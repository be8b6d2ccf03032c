import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal, type RefusalCode } from '../../../certificates/refusal.ts';
import { parseRoots } from '../../../certificates/root.ts';
import {
  amazonPem,
  in2024,
  in2026,
  leafDressedAsRoot,
  pemNamed,
  regionPem,
  rootWithTwoNames,
  withBrokenSignature,
} from './sample-pem.ts';

const irelandRoot = 'Amazon RDS eu-west-1 Root CA RSA2048 G1';

describe('parseRoots', () => {
  it('reads what the index needs to know of a root', () => {
    const [root] = parseRoots(pemNamed(irelandRoot), in2026);

    expect(root).toMatchObject({
      bundle: 'eu-west-1',
      subject: expect.stringContaining(`CN=${irelandRoot}`),
      fingerprint256:
        '6F:7E:01:B6:2A:F2:40:58:41:71:30:B2:1E:5F:B9:AD:9F:29:B2:9C:77:5C:51:07:B6:57:41:90:10:97:58:86',
      notAfter: new Date('2061-05-20T17:49:12Z'),
      keyAlgorithm: 'RSA 2048',
      pem: pemNamed(irelandRoot),
    });
  });

  it('files the roots of Amazon Trust Services under amazon-roots', () => {
    const roots = parseRoots(amazonPem(), in2026);

    expect(roots.map(({ bundle }) => bundle)).toEqual(Array(5).fill('amazon-roots'));
    expect(roots.map(({ keyAlgorithm }) => keyAlgorithm)).toContain('EC prime256v1');
  });

  it.each([
    ['an expired root', 'Amazon RDS Root 2019 CA', in2026],
    ['an intermediate', 'Amazon RDS eu-west-1 2019 CA', in2024],
    ['a root of the Beta environment', 'Amazon RDS Beta us-east-1 Root CA RSA2048 G1', in2026],
    ['a root of the Preview environment', 'Amazon RDS Preview us-east-2 Root CA ECC384 G1', in2026],
  ])('leaves out %s', (_what, name, now) => {
    const roots = parseRoots(pemNamed(name) + pemNamed(irelandRoot), now);

    expect(roots.map(({ pem }) => pem)).toEqual([pemNamed(irelandRoot)]);
  });

  it('counts a root as expired at the very instant of its notAfter', () => {
    const notAfter = new Date('2061-05-20T17:49:12Z');
    const before = new Date(notAfter.getTime() - 1000);

    expect(parseRoots(pemNamed(irelandRoot), before)).toHaveLength(1);
    expect(parseRoots(pemNamed(irelandRoot), notAfter)).toEqual([]);
  });

  it.each<[string, RefusalCode, string, Date]>([
    ['a leaf dressed as a root', 'not-a-ca', leafDressedAsRoot, in2026],
    ['a root whose signature was tampered with', 'signature', tampered(), in2026],
    ['a root that carries two names', 'unexpected-root', rootWithTwoNames, in2026],
    [
      'a valid root with an unknown name',
      'unexpected-root',
      pemNamed('Amazon RDS Root 2019 CA'),
      in2024,
    ],
    ['an empty file', 'unreadable', '', in2026],
    ['an error page', 'unreadable', '<html>Access Denied</html>', in2026],
    ['a truncated download', 'unreadable', regionPem('eu-west-1').slice(0, -40), in2026],
    ['a private key between certificates', 'unreadable', withPrivateKey(), in2026],
    ['a block that is no certificate', 'unreadable', block('AAAA'), in2026],
  ])('refuses %s', (_what, code, text, now) => {
    expect(() => parseRoots(text, now)).toThrow(expect.objectContaining({ code }));
  });

  it('gives back nothing but what it was given, whatever surrounds it', () => {
    const noise = fc.string().filter((text) => !text.includes('-'));
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        const roots = parseRoots(`${before}\n${regionPem('eu-west-1')}\n${after}`, in2026);

        expect(roots.map(({ pem }) => pem).join('')).toBe(regionPem('eu-west-1'));
      }),
      { numRuns: 25 },
    );
  });

  it('refuses or skips any text, and never fails otherwise', () => {
    const base64 = fc.base64String().map(block);
    fc.assert(
      fc.property(fc.oneof(fc.string(), base64), (text) => {
        try {
          expect(parseRoots(text, in2026)).toEqual([]);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});

function tampered(): string {
  return withBrokenSignature(pemNamed(irelandRoot));
}

function withPrivateKey(): string {
  return `${regionPem('eu-west-1')}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`;
}

function block(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}
