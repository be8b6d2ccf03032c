import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { v7 as uuidv7 } from 'uuid';
import { createJwtVerifier } from '../../adapters/jwt-verifier.ts';
import { packagedRegistry } from '../../adapters/packaged-registry.ts';
import { type Environment, readSettings, text } from '../../adapters/settings.ts';
import { createStdoutAudit } from '../../adapters/stdout-audit.ts';
import { createTelemetry } from '../../adapters/telemetry.ts';
import type { RegistryStore } from '../../core/registry/store.ts';
import type { AuthorizerDependencies } from './handler.ts';

/** Where the local stack and tests differ from Lambda. */
export interface Surroundings {
  readonly clock?: () => Date;
  readonly auditStream?: Pick<NodeJS.WritableStream, 'write'>;
  /** In place of the packaged registry. */
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
  const settings = readSettings(env, {
    registryFile: text('TOKENVEND_REGISTRY_FILE', 'the path of a compiled registry'),
  });
  const { log, counters, logger, metrics } = createTelemetry();
  const registry = surroundings.registry ?? packagedRegistry(settings.registryFile, { clock, log });
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
