import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { usageError } from '../cli-error.ts';
import { type CallbackServer, startCallbackServer } from './callback-server.ts';
import { type SignInWay, wishParameters } from './sign-in.ts';

/** What this way takes beside what both do. */
export interface BrowserWayOptions {
  readonly open: (url: URL) => void;
  /** For providers that compare the port of the redirect URI as well; 0 is any free one. */
  readonly port: number;
  /** `prompt` of OpenID Connect Core section 3.1.2.1. */
  readonly prompt?: string | undefined;
}

/**
 * Signs in with a browser on this machine: authorization code with PKCE, coming back to loopback
 * (RFC 8252). The state ties the answer to this process, the verifier the code, the nonce the ID token.
 */
export function browserWay(options: BrowserWayOptions): SignInWay {
  return async ({ provider, wish, tell, signal }) => {
    const checks = {
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
    };
    const server = await callbackServer(checks.state, options.port);
    try {
      const url = buildAuthorizationUrl(provider, {
        ...wishParameters(wish),
        redirect_uri: server.redirectUri,
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: 'S256',
        ...(options.prompt === undefined ? {} : { prompt: options.prompt }),
      });
      tell(`Sign in with your browser. If it does not open, go to:\n\n  ${url.href}\n\n`);
      options.open(url);
      const cameBack = await server.comeBack(signal);
      return await authorizationCodeGrant(
        provider,
        cameBack,
        {
          expectedState: checks.state,
          expectedNonce: checks.nonce,
          pkceCodeVerifier: checks.verifier,
        },
        wish.resource === undefined ? {} : { resource: wish.resource },
      );
    } finally {
      server.close();
    }
  };
}

async function callbackServer(state: string, port: number): Promise<CallbackServer> {
  try {
    return await startCallbackServer({ state, port });
  } catch {
    throw usageError(`Port ${port} of 127.0.0.1 (--redirect-port) cannot be had.`);
  }
}
