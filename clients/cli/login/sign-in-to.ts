import type { ApiConfig } from '../../api-client/parse-config.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { grantedIdentity } from './granted-identity.ts';
import { type LoginOptions, wishOf } from './login-options.ts';
import { findProvider, type ProviderReach } from './provider.ts';
import type { Session } from './session.ts';
import type { SignInWay } from './sign-in.ts';
import { withProvider } from './sign-in-failure.ts';

/** What signing in to one API takes. */
export interface SignInTo extends ProviderReach {
  /** In the form of `boundUrls`. */
  readonly apiUrls: readonly string[];
  readonly config: Pick<ApiConfig, 'audience' | 'signIn'>;
  readonly options: LoginOptions;
  readonly way: SignInWay;
  /** How long to wait for the person. */
  readonly waitSeconds: number;
  readonly tell: (text: string) => void;
}

/** Signs a person in where the API says. Rejects with `CliError`. */
export async function signInTo(to: SignInTo): Promise<Session> {
  const { audience, signIn: place } = to.config;
  if (place === null) throw nobodySignsIn();
  return withProvider(async () => {
    const provider = await findProvider(place, to);
    const scopesOffered = provider.serverMetadata().scopes_supported;
    const wish = wishOf(to.options, { audience, scopesOffered });
    const signal = AbortSignal.timeout(to.waitSeconds * 1000);
    const answer = await to.way({ provider, wish, tell: to.tell, signal });
    const granted = grantedIdentity(answer, { ...wish, audience });
    return { apiUrls: to.apiUrls, ...place, audience, ...wish, ...granted };
  });
}

const nobodySignsIn = (): CliError =>
  new CliError(
    exitCodes.usage,
    'This API names no place to sign in (its parameter SignInIssuer). Give --identity-token-file.',
  );
