import {
  allowInsecureRequests,
  type Configuration,
  customFetch,
  discovery,
  None,
} from 'openid-client';
import { isLoopback } from '../../../core/loopback.ts';
import { issuerUrlProblem } from '../../../core/registry/issuer-url.ts';
import { httpProxyIn } from '../../proxy/http-proxy.ts';
import { agentsThrough } from '../../proxy/proxy-agent.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { providerFetch, safeUrl } from './provider-fetch.ts';

/** Where people sign in, and as which client. */
export interface SignInPlace {
  readonly issuer: string;
  /** Of a public client: a command line can keep no secret (RFC 8252 section 8.5). */
  readonly clientId: string;
}

/** By what a provider is reached: the proxy of the environment, where it has one. */
export type ProviderReach = Pick<CommandContext, 'env' | 'clock'>;

/** Milliseconds for one answer of a provider. */
const answerTimeoutMs = 10_000;

/**
 * Finds a provider by its discovery document (OpenID Connect Discovery 1.0 section 4), which has to be
 * of the issuer that the API named. Rejects with `CliError`, or with an error of openid-client.
 */
export async function findProvider(
  { issuer, clientId }: SignInPlace,
  { env, clock }: ProviderReach,
): Promise<Configuration> {
  if (issuerUrlProblem(issuer) !== undefined) {
    throw new CliError(exitCodes.notUnderstood, "The API's sign-in issuer is not a URL to go to.");
  }
  const url = new URL(issuer);
  const httpsAgent = agentsThrough(httpProxyIn(env));
  const provider = await discovery(url, clientId, undefined, None(), {
    [customFetch]: providerFetch({ clock, timeoutMs: answerTimeoutMs, httpsAgent }),
    timeout: answerTimeoutMs / 1000,
    execute: isLoopback(url) ? [allowInsecureRequests] : [],
  });
  const { authorization_endpoint: address } = provider.serverMetadata();
  // It is handed to the desktop to open, which would run a file: or other address as well.
  if (address !== undefined) safeUrl(address);
  return provider;
}
