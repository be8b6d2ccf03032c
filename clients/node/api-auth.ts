import type { ApiAuth } from '../api-client/authentication.ts';
import type { CredentialsProvider } from '../api-client/aws-credentials.ts';
import type { ConnectionOptions } from '../api-client/connections.ts';
import { containerCredentials } from '../api-client/container-credentials.ts';
import { environmentCredentials } from '../api-client/environment-credentials.ts';
import { defaultTimeoutMs } from '../api-client/waits.ts';
import { createFindIdentity, identityReader } from '../identity/find-identity.ts';
import { tokenFile } from '../identity/token-file.ts';
import type { Machine } from './machine.ts';
import type { Settings } from './settings.ts';

/** A machine, and the way from it into the network. */
type ConnectedMachine = Machine & Pick<ConnectionOptions, 'httpsAgent'>;

/**
 * Who is asking, as the settings say.
 *
 * @param audience The `aud` of the deployment, for issuers that have to be told.
 */
export function apiAuthOf(
  settings: Pick<Settings, 'auth' | 'region' | 'timeoutMs'>,
  machine: ConnectedMachine,
  audience: () => Promise<string>,
): ApiAuth {
  const { auth, timeoutMs: attemptMs = defaultTimeoutMs } = settings;
  const iam = (credentials: CredentialsProvider): ApiAuth => {
    const { region } = settings;
    return { kind: 'iam', credentials, region, ownRegion: machine.env.AWS_REGION };
  };
  if (typeof auth === 'object') {
    if ('credentials' in auth) return iam(auth.credentials);
    if ('identity' in auth) return { kind: 'jwt', identity: auth.identity };
    return { kind: 'jwt', identity: tokenFile(auth.identityFile, 'identityFile').read };
  }
  if (auth === 'iam' || (auth === 'auto' && machine.env.AWS_LAMBDA_FUNCTION_NAME)) {
    return iam(awsCredentials(machine, attemptMs));
  }
  return { kind: 'jwt', identity: foundIdentity(machine, { audience, attemptMs }) };
}

/** What the environment holds goes before what it points at, as in the AWS SDKs. */
function awsCredentials({ env, clock }: Machine, attemptMs: number): CredentialsProvider {
  const held = environmentCredentials(env);
  const pointedAt = containerCredentials({ env, clock, attemptMs });
  return () => (env.AWS_ACCESS_KEY_ID ? held() : pointedAt());
}

function foundIdentity(
  { env, clock, httpsAgent }: ConnectedMachine,
  about: { readonly audience: () => Promise<string>; readonly attemptMs: number },
) {
  return identityReader(
    createFindIdentity({
      tokenFile: env.TOKENVEND_IDENTITY_TOKEN_FILE,
      tokenCommand: env.TOKENVEND_IDENTITY_COMMAND,
      env,
      clock,
      httpsAgent,
      ...about,
    }),
  );
}
