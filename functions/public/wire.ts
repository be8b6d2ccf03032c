import { createCaBundles } from '../../adapters/ca-bundles.ts';
import { type Environment, optional, readSettings, text, url } from '../../adapters/settings.ts';
import { createTelemetry } from '../../adapters/telemetry.ts';
import type { PublicDependencies } from './handler.ts';

/**
 * Builds what the public function works with, from its environment.
 *
 * @throws SettingsError naming every variable that is missing or wrong.
 */
export function publicDependencies(env: Environment): PublicDependencies {
  const settings = readSettings(env, {
    apiId: text('TOKENVEND_API_ID', "this stack's API id"),
    certificates: text('TOKENVEND_CERTIFICATES', 'the folder of CA bundles'),
    version: text('TOKENVEND_VERSION', "this deployment's version"),
    audience: text('TOKENVEND_AUDIENCE', 'the aud that identities must carry'),
    region: text('AWS_REGION', 'the Region of this function'),
    issuer: optional(url('TOKENVEND_SIGN_IN_ISSUER')),
    clientId: optional(text('TOKENVEND_SIGN_IN_CLIENT_ID', 'a client id')),
  });
  const { version, audience, region, issuer, clientId } = settings;
  const signIn = issuer === undefined || clientId === undefined ? null : { issuer, clientId };
  const { log, logger, metrics } = createTelemetry();
  return {
    caBundles: createCaBundles({ directory: settings.certificates }),
    config: { version, audience, signIn, region },
    apiId: settings.apiId,
    log,
    logger,
    metrics,
  };
}
