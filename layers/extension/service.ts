import type { ApiClient } from '../../clients/api-client/api-client.ts';
import { heldMs } from '../../clients/api-client/waits.ts';
import { createTokenCache } from '../../clients/token-cache/token-cache.ts';
import { createAwakening } from './awakening.ts';
import { createCaFiles } from './ca-files.ts';
import { createCaSource } from './ca-source.ts';
import type { HeldPort } from './held-port.ts';
import { createLocalApi } from './local-api.ts';
import { type LocalServer, type ServerLimits, startLocalServer } from './local-server.ts';
import type { ExtensionLog } from './log.ts';
import type { OwnFolder } from './own-folder.ts';
import type { ExtensionSettings } from './settings.ts';
import { createSnapshotGate } from './snapshot-gate.ts';
import { vendWithCa } from './vend-with-ca.ts';
import { createVending, type Vending } from './vending.ts';

export interface ServiceDependencies {
  readonly api: Pick<ApiClient, 'vend' | 'ca' | 'drop' | 'longestCallMs'>;
  readonly clock: () => Date;
  readonly monotonicMs: () => number;
  readonly random: () => number;
  readonly ids: () => string;
  readonly folder: OwnFolder;
  readonly log: ExtensionLog;
}

export interface ServiceOptions {
  readonly settings: Pick<
    ExtensionSettings,
    'apiUrls' | 'prefetch' | 'team' | 'minTtlSeconds' | 'timeoutMs'
  >;
  /** Where it is to be reached; taken over. */
  readonly port: HeldPort;
  /** What requests must carry. */
  readonly token: string;
  /** Whether a snapshot will be taken of this process. */
  readonly isSnapshot: boolean;
  readonly limits?: Partial<ServerLimits>;
}

/** The local server and what is behind it, without anything of Lambda's. */
export interface Service {
  readonly vending: Vending;
  readonly server: LocalServer;
}

/** Starts what serves a port, with the settings and the token of a process. */
export type StartService = (options: {
  readonly settings: ExtensionSettings;
  readonly port: HeldPort;
  readonly token: string;
}) => Promise<Service>;

/** Serves the port; fetches nothing yet. */
export function startService(
  deps: ServiceDependencies,
  { settings, port, token, isSnapshot, limits = {} }: ServiceOptions,
): Service {
  const { api, clock, monotonicMs, random, ids, folder, log } = deps;
  const { team, prefetch, minTtlSeconds, apiUrls, timeoutMs } = settings;
  const caFiles = createCaFiles({ folder, log });
  const vend = vendWithCa({ api, caFiles, log });
  const { drop, longestCallMs } = api;
  const vending = createVending({
    cache: createTokenCache(
      { api: { vend, drop, longestCallMs }, clock, monotonicMs, random },
      { minTtlSeconds },
    ),
    fetchCa: createCaSource({ api, caFiles, monotonicMs }),
    sleep: createAwakening({ clock, monotonicMs, quietMs: longestCallMs }),
    gate: createSnapshotGate(isSnapshot),
    prefetch,
    holdMs: heldMs({ addresses: apiUrls.length, timeoutMs }),
    log,
  });
  const localApi = createLocalApi({ vending, caFiles, token, team, port: port.port, ids, log });
  const server = startLocalServer({ port, api: localApi, ids, limits });
  return { vending, server };
}
