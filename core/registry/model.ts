/**
 * The compiled registry: what `registry.yaml` means, with every reference resolved. Plain JSON, so
 * that it can be packaged or stored; a value of these types has passed every check.
 */
export interface RegistryDocument {
  /** Names this content: a published version, or `sha256:` and 12 hex digits of it. */
  readonly version: string;
  readonly issuers: readonly Issuer[];
  readonly members: readonly Member[];
  readonly databases: readonly Database[];
}

export interface Issuer {
  readonly name: string;
  /** Compared with `iss` byte by byte. */
  readonly url: string;
  readonly audiences: readonly string[];
  readonly algorithms: readonly string[];
  readonly keys: IssuerKeys;
  readonly maxTokenLifetimeSeconds: number;
  /** Claims that some member's condition reads, as written; a leading `/` is a JSON Pointer (RFC 6901). */
  readonly claimKeys: readonly string[];
  /** Claims copied to the audit record. */
  readonly auditClaims: readonly string[];
}

export type IssuerKeys =
  | { readonly kind: 'inline'; readonly jwks: { readonly keys: readonly JsonWebKey[] } }
  | { readonly kind: 'remote'; readonly jwksUri: string };

/** A public JSON Web Key (RFC 7517); its members are checked by the verifier's library. */
export interface JsonWebKey {
  readonly kty: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly [member: string]: unknown;
}

export type ClaimScalar = string | number | boolean;
export type ClaimValue = ClaimScalar | readonly ClaimScalar[];

/** What one value must be. The only pattern is a prefix that ends in `:` or `/`. */
export type Match = { readonly exact: ClaimScalar } | { readonly prefix: string };

export type Member = JwtMember | IamMember;

interface MemberName {
  readonly team: string;
  readonly name: string;
  /** Epoch milliseconds from which on the member no longer counts. */
  readonly notAfterMs?: number;
}

export interface JwtMember extends MemberName {
  readonly kind: 'jwt';
  readonly issuerName: string;
  readonly issuer: string;
  readonly subject?: { readonly exact: string } | { readonly prefix: string };
  readonly claims: readonly { readonly key: string; readonly match: Match }[];
}

export interface IamMember extends MemberName {
  readonly kind: 'iam';
  readonly account: string;
  readonly principal: 'role' | 'user';
  /** Without its path: an assumed role's ARN has none. */
  readonly principalName: string;
  /** `AROA…` or `AIDA…`: pins the principal against deletion and re-creation under the same name. */
  readonly uniqueId?: string;
}

export type Engine = 'postgres' | 'mysql' | 'mariadb';

export interface Database {
  readonly name: string;
  readonly engine: Engine;
  readonly host: string;
  readonly port: number;
  readonly region: string;
  readonly partition: string;
  readonly account: string;
  /** `db-…`, `cluster-…` or `prx-…`; two during a switch-over. */
  readonly resourceIds: readonly string[];
  readonly dbname?: string;
  /** A region, or `amazon-roots` for RDS Proxy, whose certificates come from ACM. */
  readonly caBundle: string;
  readonly users: readonly DatabaseUser[];
}

export interface DatabaseUser {
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly vendFromCidrs?: readonly string[];
  readonly notAfterMs?: number;
}

/** A team, or one member of it, may log in as the user, through the team's role in the database's account. */
export interface Grant {
  readonly team: string;
  /** Absent: every member of the team. */
  readonly member?: string;
  readonly roleArn: string;
  readonly externalId?: string;
}
