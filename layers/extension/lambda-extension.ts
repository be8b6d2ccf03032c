import { setTimeout as pause } from 'node:timers/promises';
import type { Environment } from '../../clients/api-client/aws-credentials.ts';
import type { ExtensionsApi } from './extensions-api.ts';
import { followEvents } from './follow-events.ts';
import { functionToken } from './function-credentials.ts';
import type { HeldPort } from './held-port.ts';
import type { ExtensionLog } from './log.ts';
import { refreshRegularly } from './refresh-regularly.ts';
import { register } from './register.ts';
import type { StartService } from './service.ts';
import type { SettingsResult } from './settings.ts';
import {
  listenProblem,
  logProblem,
  noTokenProblem,
  type Problem,
  settingsProblem,
  startedOrProblem,
} from './start-problem.ts';

export interface LambdaExtensionDependencies {
  readonly env: Environment;
  readonly settings: SettingsResult;
  /** Never rejects. Where Lambda cannot be reached, the calls of the API that is returned reject. */
  readonly openExtensionsApi: () => Promise<ExtensionsApi>;
  readonly listen: (port: number) => Promise<HeldPort>;
  readonly start: StartService;
  readonly log: ExtensionLog;
}

/**
 * The life of the extension: settings, listen, register, prefetch, events. It listens before it registers,
 * because the runtime starts as soon as all extensions have registered, and the function's first line may
 * ask for a token. What serves those who ask is loaded while Lambda answers the registration.
 *
 * @returns the exit code: 0 after SHUTDOWN. An API that does not answer is no reason to end; that, and
 *   every invocation with it, would fail functions that may not even need a token.
 */
export async function runLambdaExtension(deps: LambdaExtensionDependencies): Promise<number> {
  const { env, start, log } = deps;
  const [prepared, extensionsApi] = await Promise.all([prepare(deps), deps.openExtensionsApi()]);
  const [{ registration, hearsInvocations }, service] = await Promise.all([
    register(extensionsApi, env),
    'problem' in prepared ? prepared : startedOrProblem(start, prepared),
  ]);
  if ('problem' in service) {
    logProblem(log, service.problem);
    await registration.initError(service.problem);
    return 1;
  }
  const { vending } = service;
  vending.start();
  if (!hearsInvocations) refreshRegularly(vending);
  await followEvents({ next: registration.next, onInvoke: vending.invoked, pause, log });
  log.debug('SHUTDOWN');
  return 0;
}

type Prepared = Parameters<StartService>[0] | Problem;

/**
 * Lambda accepts a report only from a registered extension. A problem is therefore kept until we have
 * registered.
 */
async function prepare(deps: LambdaExtensionDependencies): Promise<Prepared> {
  const { settings: read, env, listen } = deps;
  if ('problems' in read) return { problem: settingsProblem(read.problems) };
  const token = functionToken(env);
  if (token === undefined) return { problem: noTokenProblem };
  const { settings } = read;
  try {
    return { settings, token, port: await listen(settings.port) };
  } catch (error) {
    return { problem: listenProblem(error, settings.port) };
  }
}
