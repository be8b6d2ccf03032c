import type { Allowed } from './authorize.ts';
import { addressOf, type DatabaseAddress } from './database-address.ts';
import { remainingSeconds } from './lifetime.ts';

/** A token as it was cut, with the times that really bound it. */
export interface IssuedToken {
  readonly token: string;
  /** The `X-Amz-Date` in the token. */
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly refreshAfter: Date;
  /** Whether the same string had been handed to this caller before. */
  readonly reused: boolean;
}

/** The roots that a client needs to verify the database's certificate. */
export interface CaBundle {
  readonly name: string;
  /** Lower-case hex of the PEM text's SHA-256. */
  readonly sha256: string;
  readonly pem: string;
}

/** The answer of `POST /v1/tokens` as it goes over the wire (openapi.yaml, `Token`). Instants are RFC 3339 in UTC. */
export interface VendAnswer {
  readonly id: string;
  readonly token: string;
  readonly tokenLength: number;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly expiresIn: number;
  readonly refreshAfter: string;
  readonly team: string;
  readonly user: string;
  readonly database: DatabaseAddress;
  readonly tls: {
    readonly mode: 'verify-full';
    readonly serverName: string;
    readonly ca: {
      readonly bundle: string;
      readonly url: string;
      readonly sha256: string;
      readonly pem?: string;
    };
  };
}

/** Puts together what a client needs to connect. */
export function vendAnswer(parts: {
  readonly id: string;
  readonly allowed: Allowed;
  readonly issued: IssuedToken;
  readonly ca: CaBundle;
  readonly inlineCa: boolean;
  /** Base URL of this API, without a trailing slash. */
  readonly apiUrl: string;
  readonly now: Date;
}): VendAnswer {
  const { allowed, issued, ca } = parts;
  const { database } = allowed;
  return {
    id: parts.id,
    token: issued.token,
    tokenLength: issued.token.length,
    issuedAt: issued.issuedAt.toISOString(),
    expiresAt: issued.expiresAt.toISOString(),
    expiresIn: remainingSeconds(issued.expiresAt, parts.now),
    refreshAfter: issued.refreshAfter.toISOString(),
    team: allowed.team,
    user: allowed.user.name,
    database: addressOf(database),
    tls: {
      mode: 'verify-full',
      serverName: database.host,
      ca: {
        bundle: ca.name,
        url: `${parts.apiUrl}/v1/ca/${ca.name}`,
        sha256: ca.sha256,
        ...(parts.inlineCa ? { pem: ca.pem } : {}),
      },
    },
  };
}
