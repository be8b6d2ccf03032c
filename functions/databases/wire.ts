import { chosenRegistry, registrySettings } from '../../adapters/chosen-registry.ts';
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
    ...registrySettings(env),
  });
  const { log, counters, logger, metrics } = createTelemetry();
  const registry = chosenRegistry(settings, { env, clock, log, counters });
  return { registry, clock, apiId: settings.apiId, log, logger, metrics };
}
