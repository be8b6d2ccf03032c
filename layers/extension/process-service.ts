import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiClient } from '../../clients/api-client/api-client.ts';
import type { Environment } from '../../clients/api-client/aws-credentials.ts';
import { functionCredentials } from './function-credentials.ts';
import type { ExtensionLog } from './log.ts';
import { createOwnFolder, type OwnFolder } from './own-folder.ts';
import { type Service, startService } from './service.ts';
import type { ExtensionSettings } from './settings.ts';
import { version } from './version.ts';

const clock = (): Date => new Date();

/** Where CA files are, and the token of a server that runs outside Lambda: `/tmp/tokenvend`. */
export function processFolder(): OwnFolder {
  return createOwnFolder(join(tmpdir(), 'tokenvend'));
}

/** Starts the service of this process, with its clocks, its folder and its role's credentials. */
export function startProcessService(options: {
  readonly env: Environment;
  readonly settings: ExtensionSettings;
  readonly token: string;
  readonly log: ExtensionLog;
}): Promise<Service> {
  const { env, settings, token, log } = options;
  const api = createApiClient({
    urls: settings.apiUrls,
    auth: { kind: 'iam', ...settings.region, credentials: functionCredentials(env, clock) },
    timeoutMs: settings.timeoutMs,
    clock,
    client: { name: 'extension', version },
  });
  const deps = {
    api,
    clock,
    monotonicMs: () => performance.now(),
    random: Math.random,
    ids: () => randomUUID(),
    folder: processFolder(),
    log,
  };
  const isSnapshot = env.AWS_LAMBDA_INITIALIZATION_TYPE === 'snap-start';
  return startService(deps, { settings, token, isSnapshot });
}
