import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chosenRegistry, registrySettings } from '../../../adapters/chosen-registry.ts';
import { type Environment, readSettings, SettingsError } from '../../../adapters/settings.ts';
import { aDynamodb, type WatchedDynamodb } from '../../builders/dynamodb.ts';
import { aLog, someCounters } from '../../builders/ports.ts';
import { aCompiledRegistry, withUser } from '../../builders/registry-files.ts';

const packaged = aCompiledRegistry();
const published = aCompiledRegistry(withUser('orders_read'));

let dynamodb: WatchedDynamodb;
let folder: string;
let packageEnv: Environment;
beforeEach(async () => {
  dynamodb = await aDynamodb();
  await dynamodb.publish(published);
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-registry-'));
  packageEnv = { TOKENVEND_REGISTRY_FILE: join(folder, 'registry.json') };
  await writeFile(join(folder, 'registry.json'), JSON.stringify(packaged));
});
afterEach(async () => {
  await dynamodb.close();
  await rm(folder, { recursive: true });
});

async function versionFrom(env: Environment): Promise<string> {
  const settings = readSettings(env, registrySettings(env));
  const ports = { clock: dynamodb.clock, log: aLog(), counters: someCounters() };
  const store = chosenRegistry(settings, { env, ...ports });
  return (await store.slice({ memberKeys: [] })).version;
}

describe('the registry that a function reads', () => {
  it('is the packaged one where no table is named', async () => {
    expect(await versionFrom(packageEnv)).toBe(packaged.version);
    expect(await versionFrom({ ...packageEnv, TOKENVEND_REGISTRY_TABLE: '' })).toBe(
      packaged.version,
    );
  });

  it('is the table’s where one is named, whatever is packaged', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
    const env = { ...packageEnv, ...dynamodb.env, ...keys, AWS_REGION: 'eu-west-1' };

    expect(await versionFrom(env)).toBe(published.version);
  });

  it.each([
    [{}, 'TOKENVEND_REGISTRY_FILE'],
    [{ TOKENVEND_REGISTRY_TABLE: 'table' }, 'AWS_REGION'],
  ])('is unknown with %j, which says what is missing', (env, variable) => {
    expect(() => readSettings(env, registrySettings(env))).toThrow(SettingsError);
    expect(() => readSettings(env, registrySettings(env))).toThrow(variable);
  });
});
