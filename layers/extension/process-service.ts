import { randomUUID } from 'node:crypto';
import { createApiClient } from '../../clients/api-client/api-client.ts';
import type { Environment } from '../../clients/api-client/aws-credentials.ts';
import { functionCredentials } from './function-credentials.ts';
import type { HeldPort } from './held-port.ts';
import type { ExtensionLog } from './log.ts';
import { processFolder } from './process-folder.ts';
import { type Service, startService } from './service.ts';
import type { ExtensionSettings } from './settings.ts';
import { version } from './version.ts';

const clock = (): Date => new Date();

/** The clock of `performance.now`, which takes one to two milliseconds when it is used first. */
const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Starts the service of this process, with its clocks, its folder and its role's credentials. */
export function startProcessService(options: {
  readonly env: Environment;
  readonly settings: ExtensionSettings;
  readonly port: HeldPort;
  readonly token: string;
  readonly log: ExtensionLog;
}): Service {
  const { env, settings, port, token, log } = options;
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
    monotonicMs,
    random: Math.random,
    ids: () => randomUUID(),
    folder: processFolder(),
    log,
  };
  const isSnapshot = env.AWS_LAMBDA_INITIALIZATION_TYPE === 'snap-start';
  return startService(deps, { settings, port, token, isSnapshot });
}
