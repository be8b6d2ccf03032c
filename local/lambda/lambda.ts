import { randomUUID } from 'node:crypto';
import { serveApi } from './api-server.ts';
import { type ContainerCredentials, createCredentialsApi } from './credentials-api.ts';
import { createEnvironment } from './environment.ts';
import type { ShutdownReason } from './events.ts';
import type { ExtensionState } from './extension-state.ts';
import { createHistory, type HistoryEntry, type LogLine } from './history.ts';
import type { PhaseEnd } from './init-phase.ts';
import type { InvokeResult } from './invoke-result.ts';
import { invokeOneAtATime } from './one-at-a-time.ts';
import { firstAnswer } from './sandbox.ts';
import { type LambdaOptions, settingsOf } from './settings.ts';
import { invokeSideBySide } from './side-by-side.ts';
import { telemetryApi } from './telemetry-api.ts';
import { extensionVariables, runtimeVariables } from './variables.ts';

/** One emulated execution environment of one function. */
export interface Lambda {
  /** `host:port` of the Runtime and Extensions APIs. */
  readonly runtimeApi: string;
  /** How the init before the first invocation ended; `undefined` like the RIE, which has none. */
  readonly initialized: Promise<PhaseEnd | undefined>;
  /** @throws Error under SnapStart before the first `restore`. */
  invoke(payload?: unknown, options?: { readonly traceId?: string }): Promise<InvokeResult>;
  /** Resolves when no invocation is under way, slow extensions included. */
  idle(): Promise<void>;
  /** SnapStart: resumes the snapshot, with the credentials of now. Extensions are told nothing. */
  restore(credentials?: ContainerCredentials): Promise<void>;
  isFrozen(): boolean;
  history(): readonly HistoryEntry[];
  logs(): readonly LogLine[];
  /** Of the environment that runs now. */
  extensions(): readonly { readonly name: string; readonly state: ExtensionState }[];
  /** Waits until it is idle, then ends it as Lambda does. The next invocation starts another. */
  shutdown(reason?: ShutdownReason): Promise<void>;
  /** Kills what runs, and stops listening. */
  close(): Promise<void>;
}

/** Starts the APIs and, like Lambda, the function's init; does not wait for its end. */
export async function startLambda(options: LambdaOptions): Promise<Lambda> {
  const settings = settingsOf(options);
  const { mode, clock } = settings;
  const history = createHistory(clock);
  const isSnapshot = mode === 'snap-start';
  const authorizationToken = isSnapshot ? randomUUID() : undefined;
  let credentials = settings.credentials;
  let isRestored = !isSnapshot;

  const credentialsApi = createCredentialsApi({
    authorizationToken,
    credentials: () => credentials,
  });
  const server = await serveApi((request) => {
    const sandboxApi = environment.sandbox()?.api ?? (() => undefined);
    return firstAnswer([sandboxApi, telemetryApi, credentialsApi], request);
  });
  const sources = { settings, runtimeApi: server.address, authorizationToken };
  const variables = { runtime: runtimeVariables(sources), extension: extensionVariables(sources) };
  const environment = createEnvironment({ settings, variables, history });

  const initialize = async (): Promise<PhaseEnd | undefined> => {
    if (settings.like === 'rie') return undefined;
    const end = await environment.initialize(settings.initLimitMs);
    const waits = mode === 'snap-start' || mode === 'provisioned-concurrency';
    if (waits && end.kind === 'done') environment.freeze();
    return end;
  };
  const initialized = initialize();
  // The next invocation reports it, to somebody who waits.
  initialized.catch(() => undefined);
  const deps = { settings, environment, history, initialized };
  const isConcurrent = mode === 'lambda-managed-instances';
  const invoker = isConcurrent ? invokeSideBySide(deps) : invokeOneAtATime(deps);

  return {
    runtimeApi: server.address,
    initialized,
    async invoke(payload = {}, { traceId } = {}) {
      if (!isRestored) throw new Error('a snapshot must be restored before it is invoked');
      const call = { requestId: randomUUID(), payload: JSON.stringify(payload), traceId };
      return await invoker.invoke(call);
    },
    idle: () => invoker.idle(),
    async restore(fresh = credentials) {
      await initialized;
      credentials = fresh;
      isRestored = true;
      history.record('restore');
      environment.thaw();
    },
    isFrozen: () => environment.isFrozen(),
    history: () => history.entries(),
    logs: () => history.lines(),
    extensions: () =>
      (environment.sandbox()?.extensions.all() ?? []).map((one) => ({
        name: one.name,
        state: one.state(),
      })),
    async shutdown(reason = 'spindown') {
      await invoker.idle();
      await environment.end(reason);
    },
    async close() {
      await environment.close();
      await server.close();
    },
  };
}
