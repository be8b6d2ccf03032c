import { parseFields } from './fields.ts';

/** What a client must know before it has an identity (openapi.yaml, `Config`). */
export interface ApiConfig {
  readonly version: string;
  /** The `aud` to ask an issuer for. */
  readonly audience: string;
  /** Where people sign in; `null` where they cannot. */
  readonly signIn: { readonly issuer: string; readonly clientId: string } | null;
  readonly region: string;
}

/** Reads `GET /v1/config`. @throws ClientError `answer-unreadable`. */
export function parseConfig(json: string): ApiConfig {
  const fields = parseFields(json);
  const signIn = fields.isNull('signIn') ? undefined : fields.object('signIn');
  return {
    version: fields.text('version'),
    audience: fields.text('audience'),
    signIn: signIn ? { issuer: signIn.text('issuer'), clientId: signIn.text('clientId') } : null,
    region: fields.text('region'),
  };
}
