import { setTimeout as pause } from 'node:timers/promises';
import type { Environment } from '../../clients/api-client/aws-credentials.ts';
import type { ExtensionsApi, InitProblem } from './extensions-api.ts';
import { followEvents } from './follow-events.ts';
import { functionToken } from './function-credentials.ts';
import type { ExtensionLog } from './log.ts';
import { refreshRegularly } from './refresh-regularly.ts';
import { register } from './register.ts';
import type { Service } from './service.ts';
import type { ExtensionSettings, SettingsResult } from './settings.ts';
import { listenProblem, noTokenProblem, settingsProblem } from './start-problem.ts';

export interface LambdaExtensionDependencies {
  readonly env: Environment;
  readonly settings: SettingsResult;
  readonly extensionsApi: ExtensionsApi;
  readonly start: (settings: ExtensionSettings, token: string) => Promise<Service>;
  readonly log: ExtensionLog;
}

/**
 * The life of the extension: settings, listen, register, prefetch, events. It listens before it registers,
 * because the runtime starts as soon as all extensions have registered, and the function's first line may
 * ask for a token.
 *
 * @returns the exit code: 0 after SHUTDOWN. An API that does not answer is no reason to end; that, and
 *   every invocation with it, would fail functions that may not even need a token.
 */
export async function runLambdaExtension(deps: LambdaExtensionDependencies): Promise<number> {
  const { env, extensionsApi, log } = deps;
  const started = await startOrExplain(deps);
  const { registration, hearsInvocations } = await register(extensionsApi, env);
  if ('problem' in started) {
    const { type, message } = started.problem;
    log.error('SETTINGS_INVALID', { type, message });
    await registration.initError(started.problem);
    return 1;
  }
  const { vending } = started.service;
  vending.start();
  if (!hearsInvocations) refreshRegularly(vending);
  await followEvents({ next: registration.next, onInvoke: vending.invoked, pause, log });
  log.debug('SHUTDOWN');
  return 0;
}

type Started = { readonly service: Service } | { readonly problem: InitProblem };

/** Lambda takes a report only from who has registered, so that it is kept until then. */
async function startOrExplain(deps: LambdaExtensionDependencies): Promise<Started> {
  const { settings: read, env, start } = deps;
  if ('problems' in read) return { problem: settingsProblem(read.problems) };
  const token = functionToken(env);
  if (token === undefined) return { problem: noTokenProblem };
  try {
    return { service: await start(read.settings, token) };
  } catch (error) {
    return { problem: listenProblem(error, read.settings.port) };
  }
}
