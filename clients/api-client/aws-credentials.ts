/** What signs a request. Secret, but for the key id. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined;
}

/** Asked before every request. Rejects with `ClientError` of kind `identity`. */
export type CredentialsProvider = () => Promise<AwsCredentials>;

/** The environment of a process: `process.env`, or a stand-in. */
export type Environment = Readonly<Record<string, string | undefined>>;
