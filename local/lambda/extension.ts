import { type ApiAnswer, accepted, stateRefusal } from './api-answer.ts';
import { type ExtensionState, type ExtensionStep, extensionStateAfter } from './extension-state.ts';
import { createLongPoll } from './long-poll.ts';
import { createReadiness } from './readiness.ts';

export type ExtensionEvent = 'INVOKE' | 'SHUTDOWN';

/** One registered party besides the runtime: a process of its own, or a part of the runtime's process. */
export interface Extension {
  readonly id: string;
  readonly name: string;
  readonly kind: 'external' | 'internal';
  state(): ExtensionState;
  isSubscribed(event: ExtensionEvent): boolean;
  /** `undefined` when it is done; otherwise the refusal. */
  register(events: readonly ExtensionEvent[]): ApiAnswer | undefined;
  /** Resolves with the next event, which may be never. */
  next(): Promise<ApiAnswer>;
  report(error: 'initError' | 'exitError'): ApiAnswer;
  /** Hands over an event, now or at the next call of `next`. */
  release(event: ApiAnswer): void;
  /** What became of its process. Has no effect on an extension that reported an error itself. */
  end(how: 'exited' | 'killed' | 'launchError'): void;
  whenRegistered(): Promise<void>;
  /** When it next waits for an event: at once if it does. */
  whenReady(): Promise<void>;
}

export function createExtension(identity: Pick<Extension, 'id' | 'name' | 'kind'>): Extension {
  let state: ExtensionState = 'Started';
  let subscriptions: ReadonlySet<ExtensionEvent> = new Set();
  const poll = createLongPoll();
  const registered = createReadiness(() => state !== 'Started');
  const ready = createReadiness(() => state === 'Ready');

  const step = (action: ExtensionStep, to: ExtensionState): ApiAnswer | undefined => {
    const [from, after] = [state, extensionStateAfter(state, action)];
    if (after === undefined) {
      const of = `extension ${identity.name}`;
      return stateRefusal('Extension.InvalidExtensionState', { of, from, to });
    }
    state = after;
    registered.check();
    ready.check();
    return undefined;
  };

  return {
    ...identity,
    state: () => state,
    isSubscribed: (event) => subscriptions.has(event),
    register(events) {
      const refused = step('register', 'Registered');
      if (refused === undefined) subscriptions = new Set(events);
      return refused;
    },
    next: async () => step('next', 'Ready') ?? poll.wait(),
    report: (error) => step(error, error === 'initError' ? 'InitError' : 'ExitError') ?? accepted,
    // An extension that reported an error while it waited is refused instead.
    release: (event) => poll.offer(() => step('release', 'Running') ?? event),
    end(how) {
      state = extensionStateAfter(state, how) ?? state;
    },
    whenRegistered: () => registered.reached(),
    whenReady: () => ready.reached(),
  };
}
