/** What to ask for: names of the registry, and nothing about where the database is. */
export interface TokenTarget {
  readonly database: string;
  /** May be left out where the caller has exactly one. */
  readonly user?: string | undefined;
  /** Needed where several of the caller's teams grant the request. Default: the source's own. */
  readonly team?: string | undefined;
}

/**
 * A token, and all that is needed to log in with it. The fields are those of the HTTP API's answer
 * (openapi.yaml, `Token`). Secret as a whole: do not log it.
 */
export interface DatabaseToken {
  /** Names the vend in the audit record. */
  readonly id: string;
  /** The password. Good for any number of logins until it expires; open connections outlive it. */
  readonly token: string;
  /** Characters. */
  readonly tokenLength: number;
  /** RFC 3339 in UTC, as the other two. */
  readonly issuedAt: string;
  /** When the token really dies: after 15 minutes, or with the session that signed it. */
  readonly expiresAt: string;
  readonly refreshAfter: string;
  /** Whole seconds that are left as of now. */
  readonly expiresIn: number;
  readonly team: string;
  readonly user: string;
  readonly database: {
    /** In the registry. */
    readonly name: string;
    readonly engine: 'postgres' | 'mysql' | 'mariadb';
    /** The real endpoint: the token is signed for it, and the certificate carries it. */
    readonly host: string;
    readonly port: number;
    /** Absent where the registry names none. */
    readonly dbname?: string;
    readonly region: string;
  };
  readonly tls: {
    readonly mode: 'verify-full';
    readonly serverName: string;
    readonly ca: {
      readonly bundle: string;
      readonly url: string;
      /** Lower-case hex of the PEM text's SHA-256. */
      readonly sha256: string;
      readonly pem: string;
    };
  };
}
