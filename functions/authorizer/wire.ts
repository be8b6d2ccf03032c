import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { v7 as uuidv7 } from 'uuid';
import { chosenRegistry, registrySettings } from '../../adapters/chosen-registry.ts';
import { createJwtVerifier } from '../../adapters/jwt-verifier.ts';
import { type Environment, readSettings } from '../../adapters/settings.ts';
import { createStdoutAudit } from '../../adapters/stdout-audit.ts';
import { createTelemetry } from '../../adapters/telemetry.ts';
import type { RegistryStore } from '../../core/registry/store.ts';
import type { AuthorizerDependencies } from './handler.ts';

/** Where the local stack and tests differ from Lambda. */
export interface Surroundings {
  readonly clock?: () => Date;
  readonly auditStream?: Pick<NodeJS.WritableStream, 'write'>;
  /** In place of the table or the packaged registry. */
  readonly registry?: Pick<RegistryStore, 'issuer'>;
}

/**
 * Builds what the authorizer works with, from its environment.
 *
 * @throws SettingsError naming every variable that is missing or wrong.
 */
export function authorizerDependencies(
  env: Environment,
  surroundings: Surroundings = {},
): AuthorizerDependencies & { readonly logger: Logger; readonly metrics: Metrics } {
  const { clock = () => new Date(), auditStream = process.stdout } = surroundings;
  const settings = readSettings(env, registrySettings(env));
  const { log, counters, logger, metrics } = createTelemetry();
  const registry = surroundings.registry ?? chosenRegistry(settings, { env, clock, log, counters });
  return {
    verify: createJwtVerifier({ registry, clock, log }),
    audit: createStdoutAudit({ stream: auditStream, log, counters }),
    clock,
    ids: uuidv7,
    log,
    logger,
    metrics,
  };
}
