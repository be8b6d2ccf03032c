import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCertificateAuthority } from '../../../local/pki.ts';
import { aClock, secondsAfter, startOfTest } from '../../builders/clock.ts';

const aRoot = (clock = aClock()) => createCertificateAuthority({ commonName: 'test root', clock });

describe('a certificate authority', () => {
  it('issues certificates for exactly the names asked for', async () => {
    const root = await aRoot();

    const { certificatePem } = await root.issueServer(['a.example.com', 'b.example.com']);

    const certificate = new X509Certificate(certificatePem);
    expect(certificate.subjectAltName).toBe('DNS:a.example.com, DNS:b.example.com');
    expect(certificate.checkHost('c.example.com')).toBeUndefined();
  });

  it('signs them with its own key and not with that of another root', async () => {
    const [root, other] = [await aRoot(), await aRoot()];

    const { certificatePem } = await root.issueServer(['a.example.com']);

    const certificate = new X509Certificate(certificatePem);
    const isSignedBy = ({ certificatePem }: { certificatePem: string }) =>
      certificate.verify(new X509Certificate(certificatePem).publicKey);
    expect([isSignedBy(root), isSignedBy(other)]).toEqual([true, false]);
  });

  it('gives out the private key that belongs to the certificate', async () => {
    const root = await aRoot();

    const { certificatePem, privateKeyPem } = await root.issueServer(['a.example.com']);

    const certificate = new X509Certificate(certificatePem);
    expect(certificate.checkPrivateKey(createPrivateKey(privateKeyPem))).toBe(true);
  });

  it('lets only the root issue', async () => {
    const root = await aRoot();

    const server = await root.issueServer(['a.example.com']);

    const mayIssue = [root, server].map((one) => new X509Certificate(one.certificatePem).ca);
    expect(mayIssue).toEqual([true, false]);
  });

  it('dates certificates an hour back, at the time of issue', async () => {
    const clock = aClock();
    const root = await aRoot(clock);
    clock.advance(600);

    const server = await root.issueServer(['a.example.com']);

    const starts = [root, server].map(
      (one) => new X509Certificate(one.certificatePem).validFromDate,
    );
    expect(starts).toEqual([secondsAfter(-3600, startOfTest), secondsAfter(-3000, startOfTest)]);
  });
});
