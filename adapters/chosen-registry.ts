import { setTimeout as pause } from 'node:timers/promises';
import type { Counters, Log } from '../core/log.ts';
import type { RegistryStore } from '../core/registry/store.ts';
import { functionCall } from './dynamodb-call.ts';
import { createDynamodbRegistry } from './dynamodb-registry.ts';
import { packagedRegistry } from './packaged-registry.ts';
import { type Environment, type Setting, text } from './settings.ts';

/** About 1 KB each: 10 MB of a function's memory when full. */
const maxRecords = 10_000;

/**
 * Where the registry is: in the table that `TOKENVEND_REGISTRY_TABLE` names, else in the file that the build
 * has packaged. Settings to be read together with the function's own.
 */
export function registrySettings(env: Environment): RegistrySettings {
  return (env[tableName.variable] ?? '') === ''
    ? { registryFile: text('TOKENVEND_REGISTRY_FILE', 'the path of a compiled registry') }
    : { registryTable: tableName, registryRegion: text('AWS_REGION', 'the Region of the table') };
}

const tableName = text('TOKENVEND_REGISTRY_TABLE', "the name of the registry's table");

type RegistrySettings =
  | { readonly registryFile: Setting<string> }
  | { readonly registryTable: Setting<string>; readonly registryRegion: Setting<string> };

/**
 * Opens what the settings name. A packaged registry is read at once. Of a table nothing is: a pointer would be
 * out of date before it is asked for, and a connection broken, where an environment is frozen in between.
 */
export function chosenRegistry(
  settings:
    | { readonly registryFile: string }
    | { readonly registryTable: string; readonly registryRegion: string },
  deps: {
    readonly env: Environment;
    readonly clock: () => Date;
    readonly log: Log;
    readonly counters: Counters;
  },
): RegistryStore {
  if ('registryFile' in settings) return packagedRegistry(settings.registryFile, deps);
  const call = functionCall(deps.env, settings.registryRegion, deps.clock);
  const table = { call, table: settings.registryTable, pause: (ms: number) => pause(ms) };
  return createDynamodbRegistry({ ...deps, table, maxRecords });
}
