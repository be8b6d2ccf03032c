import type { webcrypto } from 'node:crypto';
import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate and its private key, both PEM (RFC 7468; the key as PKCS #8). */
export interface KeyedCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** A root that clients are told to trust, as they are told to trust the RDS roots of a region. */
export interface CertificateAuthority {
  readonly certificatePem: string;
  /** A certificate for a TLS server that answers to exactly these DNS names. */
  issueServer(dnsNames: readonly string[]): Promise<KeyedCertificate>;
}

/** NIST P-256 is quick to generate, and every TLS client knows it. */
const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The stack is started anew often; a certificate that outlives it by much only invites reuse. */
const validForMs = 30 * dayMs;

/** Makes a root with a key of its own, which never leaves this process. `commonName` is shown in client errors. */
export async function createCertificateAuthority(options: {
  readonly commonName: string;
  readonly clock: () => Date;
}): Promise<CertificateAuthority> {
  const keys = await generateKeys();
  const root = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [options.commonName] }],
    keys,
    ...validity(options.clock()),
    signingAlgorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificatePem: root.toString('pem'),
    async issueServer(dnsNames) {
      const serverKeys = await generateKeys();
      const certificate = await X509CertificateGenerator.create({
        // Clients match the alternative names; a common name ends at 64 characters, a host name does not.
        subject: [{ CN: ['tokenvend local server'] }],
        issuer: root.subject,
        publicKey: serverKeys.publicKey,
        signingKey: keys.privateKey,
        ...validity(options.clock()),
        signingAlgorithm,
        extensions: await serverExtensions(dnsNames, serverKeys, keys),
      });
      return {
        certificatePem: certificate.toString('pem'),
        privateKeyPem: await exportKey(serverKeys.privateKey),
      };
    },
  };
}

async function serverExtensions(
  dnsNames: readonly string[],
  own: webcrypto.CryptoKeyPair,
  authority: webcrypto.CryptoKeyPair,
): Promise<Extension[]> {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(dnsNames.map((value) => ({ type: 'dns', value }))),
    await SubjectKeyIdentifierExtension.create(own.publicKey),
    await AuthorityKeyIdentifierExtension.create(authority.publicKey),
  ];
}

/** Starts an hour back, so that a client whose clock is a little behind does not refuse a new certificate. */
function validity(now: Date): { readonly notBefore: Date; readonly notAfter: Date } {
  return {
    notBefore: new Date(now.getTime() - hourMs),
    notAfter: new Date(now.getTime() + validForMs),
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}
