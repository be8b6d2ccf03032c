import type { Configuration, TokenEndpointResponse } from 'openid-client';
import type { Wish } from './session.ts';

/** What both ways of signing in work with. */
export interface SignIn {
  readonly provider: Configuration;
  readonly wish: Wish;
  /** For people: where to go, and what to type. */
  readonly tell: (text: string) => void;
  /** Aborted when there has been time enough. */
  readonly signal: AbortSignal;
}

/** Signs a person in. Rejects with a `CliError`, or with an error of openid-client. */
export type SignInWay = (signIn: SignIn) => Promise<TokenEndpointResponse>;

/** The parameters that say what is wished for. */
export function wishParameters({ scope, resource }: Wish): Record<string, string> {
  return resource === undefined ? { scope } : { scope, resource };
}
