import { createHmac, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';

/** JWTs that no issuer would write, made of ones that some issuer did. */

/** The JWT with members of its header replaced; the signature stays as it was. */
export function withHeader(jwt: string, changes: Readonly<Record<string, unknown>>): string {
  const [header = '', ...rest] = jwt.split('.');
  return [encode({ ...decode(header), ...changes }), ...rest].join('.');
}

/** The JWT without a signature, and saying so (RFC 7519 section 6). */
export function unsigned(jwt: string, alg = 'none'): string {
  const [header, payload] = withHeader(jwt, { alg }).split('.');
  return `${header}.${payload}.`;
}

/** The JWT signed with a text that everybody knows, such as the issuer's public key, as an HMAC key. */
export function signedWithHmac(jwt: string, secret: string): string {
  const [header, payload] = withHeader(jwt, { alg: 'HS256' }).split('.');
  const signature = createHmac('sha256', secret).update(`${header}.${payload}`);
  return `${header}.${payload}.${signature.digest('base64url')}`;
}

/** A key that no issuer has. Made once: RSA keys take their time. */
const ownKey = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The public half of the key that {@link forged} signs with. */
export const ownPublicJwk = ownKey.publicKey.export({ format: 'jwk' });

/** The JWT with the same claims, signed with a key that its issuer never had. */
export async function forged(
  jwt: string,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const [original = '', payload = ''] = jwt.split('.');
  const key = createPrivateKey(ownKey.privateKey.export({ format: 'pem', type: 'pkcs8' }));
  return new SignJWT(decode(payload))
    .setProtectedHeader({ alg: 'RS256', ...decode(original), ...header })
    .sign(key);
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decode(part: string): Record<string, unknown> {
  return { ...JSON.parse(Buffer.from(part, 'base64url').toString()) };
}
