import type { VendAnswer } from '../../core/vend-answer.ts';
import { secondsAfter, startOfTest } from './clock.ts';

export const host = 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com';

/** A token of the right form for the target, with a signature that is none. */
export function aToken(
  parts: { readonly host?: string; readonly port?: number; readonly user?: string } = {},
  mark = 0,
): string {
  const query = [
    'Action=connect',
    `DBUser=${encodeURIComponent(parts.user ?? 'orders_app')}`,
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    'X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F20260301%2Feu-west-1%2Frds-db%2Faws4_request',
    'X-Amz-Date=20260301T120000Z',
    'X-Amz-Expires=900',
    'X-Amz-Security-Token=FwoGZXIvYXdzPLANTEDsessionTOKEN',
    `X-Amz-Signature=${mark.toString(16).padStart(64, '0')}`,
    'X-Amz-SignedHeaders=host',
  ];
  return `${parts.host ?? host}:${parts.port ?? 5432}/?${query.join('&')}`;
}

/** An answer cut at `issuedAt` (the start of the test), good for `lifeSeconds` (900). */
export function anAnswer(
  parts: Partial<VendAnswer> & {
    readonly at?: Date;
    readonly lifeSeconds?: number;
    readonly mark?: number;
  } = {},
): VendAnswer {
  const { at = startOfTest, lifeSeconds = 900, mark = 0, ...others } = parts;
  const token = others.token ?? aToken({}, mark);
  return {
    id: '0198a3b2-7c41-7d0e-9f3a-5b6c7d8e9f01',
    token,
    tokenLength: token.length,
    issuedAt: at.toISOString(),
    expiresAt: secondsAfter(lifeSeconds, at).toISOString(),
    expiresIn: Math.floor(lifeSeconds),
    refreshAfter: secondsAfter(Math.floor((lifeSeconds * 2) / 3), at).toISOString(),
    team: 'payments',
    user: 'orders_app',
    database: {
      name: 'orders',
      engine: 'postgres',
      host,
      port: 5432,
      dbname: 'orders',
      region: 'eu-west-1',
    },
    tls: {
      mode: 'verify-full',
      serverName: host,
      ca: {
        bundle: 'eu-west-1',
        url: 'https://api.example.com/v1/ca/eu-west-1',
        sha256: '28803a106fba0cf1fb3c74a1ac34544771dceb4290008e532db1489e50806f89',
      },
    },
    ...others,
  };
}
