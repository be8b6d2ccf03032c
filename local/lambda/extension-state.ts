/** Where an extension stands, in the names that the Extensions API's refusals use. */
export type ExtensionState =
  | 'Started'
  | 'Registered'
  | 'Ready'
  | 'Running'
  | 'InitError'
  | 'ExitError'
  | 'Exited'
  | 'ShutdownFailed'
  | 'LaunchError';

/** What moves it: its own calls, an event that is handed to it, and the end of its process. */
export type ExtensionStep =
  | 'register'
  | 'next'
  | 'release'
  | 'initError'
  | 'exitError'
  | 'exited'
  | 'killed'
  | 'launchError';

/**
 * The state after `step`, or `undefined` where that step is not allowed. A second report of an error
 * changes nothing and is allowed; after either report nothing else is.
 */
export function extensionStateAfter(
  state: ExtensionState,
  step: ExtensionStep,
): ExtensionState | undefined {
  return table[state][step];
}

const table: Record<ExtensionState, Partial<Record<ExtensionStep, ExtensionState>>> = {
  Started: { register: 'Registered', launchError: 'LaunchError' },
  Registered: { next: 'Ready', initError: 'InitError', exitError: 'ExitError' },
  Ready: { release: 'Running', exitError: 'ExitError' },
  Running: { next: 'Ready', exitError: 'ExitError', exited: 'Exited', killed: 'ShutdownFailed' },
  InitError: { initError: 'InitError' },
  ExitError: { exitError: 'ExitError' },
  Exited: {},
  ShutdownFailed: {},
  LaunchError: {},
};
