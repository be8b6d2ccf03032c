import { packagedRegistry } from '../../adapters/packaged-registry.ts';
import { type Environment, readSettings, text } from '../../adapters/settings.ts';
import { createTelemetry } from '../../adapters/telemetry.ts';
import type { DatabasesDependencies } from './handler.ts';

/**
 * Builds what the databases function works with, from its environment.
 *
 * @throws SettingsError naming every variable that is missing or wrong.
 */
export function databasesDependencies(
  env: Environment,
  { clock = () => new Date() }: { readonly clock?: () => Date } = {},
): DatabasesDependencies {
  const settings = readSettings(env, {
    apiId: text('TOKENVEND_API_ID', "this stack's API id"),
    registryFile: text('TOKENVEND_REGISTRY_FILE', 'the path of a compiled registry'),
  });
  const { log, logger, metrics } = createTelemetry();
  const registry = packagedRegistry(settings.registryFile, { clock, log });
  return { registry, clock, apiId: settings.apiId, log, logger, metrics };
}
