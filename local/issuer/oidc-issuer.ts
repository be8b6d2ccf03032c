import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Claims } from './claims.ts';
import { type DocumentServer, serveDocuments } from './document-server.ts';
import {
  createKeyRing,
  type KeyRing,
  type RotateOptions,
  type SigningAlgorithm,
} from './signing-keys.ts';

export interface IssuerOptions {
  /** The first signs unless a token asks for another. Absent: RS256, and ES256 on request. */
  readonly algorithms?: readonly [SigningAlgorithm, ...SigningAlgorithm[]];
  /** Absent: the machine's. */
  readonly clock?: () => Date;
  /** `jti` of each token. Absent: random UUIDs. */
  readonly ids?: () => string;
  /** 0 or absent: any free port. */
  readonly port?: number;
}

/** An OpenID Connect issuer on loopback. `url` is its `iss`. Any number run beside each other. */
export interface Issuer extends DocumentServer<'discovery' | 'jwks'> {
  readonly jwksUri: string;
  /**
   * Signs a token with `iss`, `iat`, `nbf`, `exp` and `jti` of its own. A claim given replaces the
   * standard one; given as `undefined`, it takes it away.
   *
   * @throws Error when there is no such key.
   */
  issue(claims: Claims, options: IssueOptions): Promise<string>;
  /** New keys, which sign from now on. */
  rotate(options?: RotateOptions): Promise<void>;
}

export interface IssueOptions {
  /** May be negative, for a token that has already run out. */
  readonly expiresInSeconds: number;
  /** Signs with this key, even if it was withdrawn. Wins over `alg`. */
  readonly kid?: string;
  readonly alg?: SigningAlgorithm;
}

/** OpenID Connect Discovery 1.0, section 4. */
const discoveryPath = '/.well-known/openid-configuration';
const jwksPath = '/keys';

export async function startIssuer(options: IssuerOptions = {}): Promise<Issuer> {
  const algorithms = options.algorithms ?? (['RS256', 'ES256'] as const);
  const keys = await createKeyRing(algorithms);
  const server = await serveDocuments(
    {
      discovery: { path: discoveryPath, content: (url) => discoveryDocument(url, algorithms) },
      jwks: { path: jwksPath, content: () => ({ keys: keys.published() }) },
    },
    options.port ?? 0,
  );
  return {
    ...server,
    jwksUri: server.url + jwksPath,
    issue: signer(keys, server.url, options),
    rotate: (how) => keys.rotate(how),
  };
}

/** The least that Discovery 1.0 section 3 requires of an issuer that only verifiers read. */
function discoveryDocument(issuer: string, algorithms: readonly SigningAlgorithm[]): unknown {
  return {
    issuer,
    jwks_uri: issuer + jwksPath,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: algorithms,
  };
}

function signer(keys: KeyRing, iss: string, options: IssuerOptions): Issuer['issue'] {
  const { clock = () => new Date(), ids = randomUUID } = options;
  return async (claims, { expiresInSeconds, ...wish }) => {
    const { kid, alg, privateKey } = keys.pick(wish);
    const iat = Math.floor(clock().getTime() / 1000);
    const standard = { iss, iat, nbf: iat, exp: iat + expiresInSeconds, jti: ids() };
    return new SignJWT({ ...standard, ...claims })
      .setProtectedHeader({ typ: 'JWT', kid, alg })
      .sign(privateKey);
  };
}
