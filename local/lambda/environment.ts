import type { ShutdownReason } from './events.ts';
import type { Failure } from './failure.ts';
import type { History } from './history.ts';
import { type InitDependencies, initPhase, type PhaseEnd } from './init-phase.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { shutdownPhase } from './shutdown-phase.ts';

/** One execution environment: at most one sandbox at a time, and what happens to it between phases. */
export interface Environment {
  /** `undefined` before the first init and after a reset. */
  sandbox(): Sandbox | undefined;
  /** Whether nothing was ever started in it. */
  isNew(): boolean;
  /** Starts a new sandbox. One that does not become ready is reset. */
  initialize(limitMs: number): Promise<PhaseEnd>;
  /** Stops every process, where the mode has such a thing. */
  freeze(): void;
  thaw(): void;
  isFrozen(): boolean;
  /** Ends the sandbox; the next init starts another. The host's `/tmp` is left as it is. */
  end(reason: ShutdownReason): Promise<void>;
  /** Kills what runs, fails what is under way, and lets nothing start again. */
  close(): Promise<void>;
}

export function createEnvironment(
  deps: InitDependencies & { readonly history: History },
): Environment {
  const { settings, history } = deps;
  let sandbox: Sandbox | undefined;
  let isNew = true;
  let isFrozen = false;
  let isClosed = false;
  let ending: Promise<void> | undefined;

  const end = (reason: ShutdownReason): Promise<void> => {
    ending ??= endNow(reason).finally(() => {
      ending = undefined;
    });
    return ending;
  };
  const endNow = async (reason: ShutdownReason): Promise<void> => {
    if (sandbox === undefined) return;
    history.record(reason === 'spindown' ? 'shutdown' : 'reset');
    isFrozen = false;
    await shutdownPhase(settings, sandbox, reason);
    sandbox = undefined;
  };
  const signalAll = (signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void => {
    for (const group of sandbox?.processes() ?? []) group.signal(signal);
  };

  return {
    sandbox: () => sandbox,
    isNew: () => isNew,
    async initialize(limitMs) {
      if (isClosed) return { kind: 'failed', failure: closed, functionError: undefined };
      isNew = false;
      history.record('init');
      sandbox = createSandbox(settings, history);
      const outcome = await initPhase(deps, sandbox, limitMs);
      if (outcome.kind === 'done') {
        history.record('ready');
        return outcome;
      }
      history.record(outcome.kind === 'timeout' ? 'init-overrun' : 'init-failed');
      await end(outcome.kind === 'timeout' ? 'timeout' : 'failure');
      return outcome;
    },
    freeze() {
      if (settings.mode === 'lambda-managed-instances' || settings.like === 'rie') return;
      history.record('freeze');
      isFrozen = true;
      signalAll('SIGSTOP');
    },
    thaw() {
      if (!isFrozen) return;
      history.record('thaw');
      isFrozen = false;
      signalAll('SIGCONT');
    },
    isFrozen: () => isFrozen,
    end,
    async close() {
      isClosed = true;
      sandbox?.failure.fail(closed.errorType, closed.message);
      signalAll('SIGKILL');
      await end('failure');
    },
  };
}

const closed: Failure = { errorType: 'Sandbox.Closed', message: 'the emulator was closed' };
