import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createApiClient } from '../../../clients/api-client/api-client.ts';
import { holdPort } from '../../../layers/extension/held-port.ts';
import type { ServerLimits } from '../../../layers/extension/local-server.ts';
import { createOwnFolder } from '../../../layers/extension/own-folder.ts';
import { type Service, startService } from '../../../layers/extension/service.ts';
import { aLog } from '../../unit/layers/extension/builders.ts';
import { exchange, type HttpAnswer } from '../support/http.ts';

export const localToken = 'local-token';
export const tokenPath = '/v1/tokens?database=orders&user=orders_app';

export interface RunningService extends Service {
  readonly url: string;
  readonly codes: () => string[];
  /** Over a connection of its own. */
  get(path: string, headers?: readonly (readonly [string, string])[]): Promise<HttpAnswer>;
}

export interface RunningServiceOptions {
  readonly apiUrl: string;
  readonly limits?: Partial<ServerLimits>;
  readonly clock?: () => Date;
  readonly monotonicMs?: () => number;
  readonly isSnapshot?: boolean;
  readonly timeoutMs?: number;
}

/** The extension's server within this process, on a port of its own. Closed when the test ends. */
export async function aService(options: RunningServiceOptions): Promise<RunningService> {
  const { apiUrl, limits = {}, isSnapshot = false, timeoutMs = 3_000 } = options;
  const { clock = () => new Date(), monotonicMs = () => performance.now() } = options;
  const folder = mkdtempSync(join(tmpdir(), 'tokenvend-service-'));
  const { log, codes } = aLog();
  const credentials = async () => ({ accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret' });
  const api = createApiClient({
    urls: [apiUrl],
    auth: { kind: 'iam', region: 'eu-west-1', credentials },
    timeoutMs,
    clock,
    client: { name: 'extension', version: '0.0.0' },
  });
  const deps = { api, clock, monotonicMs, random: () => 0.5, ids: () => 'request-1', log };
  const service = startService(
    { ...deps, folder: createOwnFolder(join(folder, 'tokenvend')) },
    {
      settings: {
        apiUrls: [apiUrl],
        prefetch: [],
        team: undefined,
        minTtlSeconds: 60,
        timeoutMs,
      },
      port: await holdPort(0),
      token: localToken,
      isSnapshot,
      limits,
    },
  );
  onTestFinished(async () => {
    await service.server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${service.server.port}`;
  const own = [['X-Tokenvend-Token', localToken]] as const;
  return { ...service, url, codes, get: (path, headers = own) => exchange(url, { path, headers }) };
}
