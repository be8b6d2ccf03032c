/** A place on this machine where a JWT that says who is asking is found. */
export interface IdentitySource {
  /** For people: `the file /run/x/token (--identity-token-file)`. Never part of the JWT. */
  readonly description: string;
  /**
   * Reads the JWT, anew each time: files are rotated, and jobs get new tokens. White space around it
   * stays. Rejects with `ClientError` of kind `identity`.
   */
  readonly read: () => Promise<string>;
}
