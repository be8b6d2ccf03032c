import {
  allowInsecureRequests,
  type Configuration,
  customFetch,
  discovery,
  None,
} from 'openid-client';
import { isLoopback } from '../../../core/loopback.ts';
import { issuerUrlProblem } from '../../../core/registry/issuer-url.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { providerFetch, safeUrl } from './provider-fetch.ts';

/** Where people sign in, and as which client. */
export interface SignInPlace {
  readonly issuer: string;
  /** Of a public client: a command line can keep no secret (RFC 8252 section 8.5). */
  readonly clientId: string;
}

/** Milliseconds for one answer of a provider. */
const answerTimeoutMs = 10_000;

/**
 * Finds a provider by its discovery document (OpenID Connect Discovery 1.0 section 4), which has to be
 * of the issuer that the API named. Rejects with `CliError`, or with an error of openid-client.
 */
export async function findProvider(
  { issuer, clientId }: SignInPlace,
  clock: () => Date,
): Promise<Configuration> {
  if (issuerUrlProblem(issuer) !== undefined) {
    throw new CliError(exitCodes.notUnderstood, "The API's sign-in issuer is not a URL to go to.");
  }
  const url = new URL(issuer);
  const provider = await discovery(url, clientId, undefined, None(), {
    [customFetch]: providerFetch({ clock, timeoutMs: answerTimeoutMs }),
    timeout: answerTimeoutMs / 1000,
    execute: isLoopback(url) ? [allowInsecureRequests] : [],
  });
  const { authorization_endpoint: address } = provider.serverMetadata();
  // It is handed to the desktop to open, which would run a file: or other address as well.
  if (address !== undefined) safeUrl(address);
  return provider;
}
