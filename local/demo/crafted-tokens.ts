import { setTimeout as delay } from 'node:timers/promises';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { SignJWT } from 'jose';
import { ordersDatabase, region, roleArns } from '../organization.ts';
import type { Stack } from '../stack.ts';

/** Tokens and JWTs that tokenvend would never hand out, made to be refused. */

/** The JWT, signed anew with a key that its issuer never had. Its header still names the issuer's key. */
export async function forgedJwt(jwt: string): Promise<string> {
  const [header = '', payload = ''] = jwt.split('.');
  const { privateKey } = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    true,
    ['sign', 'verify'],
  );
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  return new SignJWT(decode(payload)).setProtectedHeader(decode(header)).sign(privateKey);
}

/** The token with the last digit of its signature changed. */
export function withOneByteChanged(token: string): string {
  return token.replace(/X-Amz-Signature=([0-9a-f]{63})([0-9a-f])/, (_, kept, last) => {
    return `X-Amz-Signature=${kept}${last === '0' ? '1' : '0'}`;
  });
}

/** A correct token for `orders_app`, signed 16 minutes ago by a session that is still good. */
export async function expiredToken(stack: Stack): Promise<string> {
  return sign(stack, 3600, new Date(Date.now() - 16 * 60_000));
}

/** A correct token for `orders_app` that is not a second old, whose session has just ended. */
export async function orphanedToken(stack: Stack): Promise<string> {
  const token = await sign(stack, 1, new Date());
  await delay(1_500);
  return token;
}

async function sign(stack: Stack, sessionSeconds: number, signingDate: Date): Promise<string> {
  const role = stack.roles.get(roleArns.payments);
  if (role === undefined) throw new Error('the organization has no payments role');
  const credentials = stack.credentials.issueSession({
    role,
    sessionName: 'demo',
    durationSeconds: sessionSeconds,
  });
  const signer = new SignatureV4({ service: 'rds-db', region, credentials, sha256: Sha256 });
  const { host } = ordersDatabase;
  const { port } = stack.database;
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname: host,
      port,
      path: '/',
      query: { Action: 'connect', DBUser: 'orders_app' },
      headers: { host: `${host}:${port}` },
    },
    { expiresIn: 900, signingDate },
  );
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return `${host}:${port}/?${query.join('&')}`;
}
