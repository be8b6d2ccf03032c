/** How a source of tokens is set up. What is left out comes from the environment. */
export interface TokenSourceOptions {
  /** Base addresses of the API, tried in order. Else `TOKENVEND_API_URL`, a comma list. */
  readonly apiUrl?: string | readonly string[] | undefined;
  /** Who is asking. Else `TOKENVEND_AUTH`; else as {@link TokenSourceAuth} says of `auto`. */
  readonly auth?: TokenSourceAuth | undefined;
  /** The API's Region, where a custom domain hides it. Else `TOKENVEND_API_REGION`. */
  readonly region?: string | undefined;
  /** For targets that name none. Else `TOKENVEND_TEAM`. */
  readonly team?: string | undefined;
  /** What a token must have left to be handed out: 60, 30 to 600. Else `TOKENVEND_MIN_TTL_SECONDS`. */
  readonly minTtlSeconds?: number | undefined;
  /** For one attempt at one address: 3,000. Else `TOKENVEND_TIMEOUT_MS`. */
  readonly timeoutMs?: number | undefined;
  /** Where the extension listens: 2777. Else `TOKENVEND_PORT`. */
  readonly extensionPort?: number | undefined;
  /** PEM, for an API whose certificate comes from a private CA. */
  readonly trustedRoots?: string | undefined;
}

/**
 * - `auto`: in Lambda the extension where it listens, else `iam`; elsewhere `identity`.
 * - `extension`: the extension, and nothing in its place.
 * - `iam`: AWS credentials of the environment, or of the container endpoint that it names.
 * - `identity`: a JWT, looked for in the order of the command line: `TOKENVEND_IDENTITY_TOKEN_FILE`,
 *   `TOKENVEND_IDENTITY_COMMAND`, `TOKENVEND_IDENTITY_TOKEN`, GitHub Actions,
 *   `/var/run/secrets/tokenvend/token`.
 * - `{ credentials }`: AWS credentials of your own, such as `fromNodeProviderChain()` of the SDK.
 * - `{ identity }`, `{ identityFile }`: a JWT of your own; asked for, or read, before every request.
 */
export type TokenSourceAuth =
  | 'auto'
  | 'extension'
  | 'iam'
  | 'identity'
  | { readonly credentials: () => Promise<AwsCredentials> }
  | { readonly identity: () => Promise<string> }
  | { readonly identityFile: string };

/** What the AWS SDK's credential providers resolve to; fields beyond these are ignored. Secret. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined;
}
