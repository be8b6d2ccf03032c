import { X509Certificate } from 'node:crypto';
import { Refusal } from './refusal.ts';
import { amazonRootsBundle } from './regions.ts';

/** A root certificate that clients may trust, and the bundle its name puts it in. */
export interface Root {
  readonly bundle: string;
  /** The distinguished name on one line. */
  readonly subject: string;
  /** SHA-256 of the DER, as `openssl x509 -fingerprint -sha256` prints it. */
  readonly fingerprint256: string;
  readonly notAfter: Date;
  /** `RSA 2048`, `EC secp384r1`. */
  readonly keyAlgorithm: string;
  /** Encoded anew: 64 columns, one line feed at the end, nothing around it. */
  readonly pem: string;
}

/**
 * The roots in a PEM text that are worth trusting at `now`.
 *
 * Expired certificates, intermediates ("register the root CA certificate" only, RDS User Guide,
 * since intermediates change with every rotation) and the roots of AWS's own Beta and Preview
 * environments are left out. Anything else that is not a root we know is no reason to guess.
 *
 * @throws Refusal `unreadable`, `not-a-ca`, `signature`, `unexpected-root`.
 */
export function parseRoots(text: string, now: Date): Root[] {
  return certificatesIn(text)
    .filter((certificate) => certificate.validToDate > now)
    .filter(isSelfSignedCa)
    .filter((certificate) => !/^Amazon RDS (?:Beta|Preview) /.test(commonNameOf(certificate)))
    .map((certificate) => ({
      bundle: bundleOf(commonNameOf(certificate)),
      subject: certificate.subject.split('\n').join(', '),
      fingerprint256: certificate.fingerprint256,
      notAfter: certificate.validToDate,
      keyAlgorithm: keyAlgorithmOf(certificate),
      pem: certificate.toString(),
    }));
}

function certificatesIn(text: string): X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  // A truncated download, or something in it that is no certificate, such as a private key.
  if (blocks.length === 0 || blocks.length !== text.split('-----BEGIN ').length - 1) {
    throw new Refusal('unreadable', 'not a list of whole PEM certificates');
  }
  return blocks.map(parse);
}

function parse(block: string): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch {
    throw new Refusal('unreadable', 'a PEM block that is no X.509 certificate');
  }
}

function isSelfSignedCa(certificate: X509Certificate): boolean {
  const name = commonNameOf(certificate);
  if (!certificate.ca) throw new Refusal('not-a-ca', `not a CA certificate: ${name}`);
  if (certificate.subject !== certificate.issuer) return false;
  if (!certificate.verify(certificate.publicKey)) {
    throw new Refusal('signature', `does not verify with its own key: ${name}`);
  }
  return true;
}

function commonNameOf(certificate: X509Certificate): string {
  const names = certificate.subject.split('\n').filter((line) => line.startsWith('CN='));
  return names.length === 1 ? (names[0] ?? '').slice('CN='.length) : '';
}

const amazonTrustNames: readonly string[] = [
  'Amazon Root CA 1',
  'Amazon Root CA 2',
  'Amazon Root CA 3',
  'Amazon Root CA 4',
  'Starfield Services Root Certificate Authority - G2',
];

/** `Amazon RDS eu-west-1 Root CA RSA2048 G1` (RDS User Guide, "Certificate authorities"). */
const regionalName = /^Amazon RDS ([a-z]+(?:-[a-z]+)+-\d) Root CA [A-Z]+\d+ G\d+$/;

function bundleOf(commonName: string): string {
  const bundle = amazonTrustNames.includes(commonName)
    ? amazonRootsBundle
    : regionalName.exec(commonName)?.[1];
  if (bundle === undefined) {
    throw new Refusal('unexpected-root', `a root that is not known: ${commonName}`);
  }
  return bundle;
}

function keyAlgorithmOf({ publicKey }: X509Certificate): string {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  const type = publicKey.asymmetricKeyType?.toUpperCase() ?? 'unknown';
  return [type, modulusLength ?? namedCurve].filter((part) => part !== undefined).join(' ');
}
