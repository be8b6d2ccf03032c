import { describe, expect, it } from 'vitest';
import {
  type ExtensionState,
  type ExtensionStep,
  extensionStateAfter,
} from '../../../../local/lambda/extension-state.ts';

const states: readonly ExtensionState[] = [
  'Started',
  'Registered',
  'Ready',
  'Running',
  'InitError',
  'ExitError',
  'Exited',
  'ShutdownFailed',
  'LaunchError',
];

/** The states in which a step is allowed, each with the state after it. */
const allowed: Readonly<Record<ExtensionStep, Partial<Record<ExtensionState, ExtensionState>>>> = {
  register: { Started: 'Registered' },
  next: { Registered: 'Ready', Running: 'Ready' },
  release: { Ready: 'Running' },
  initError: { Registered: 'InitError', InitError: 'InitError' },
  exitError: {
    Registered: 'ExitError',
    Ready: 'ExitError',
    Running: 'ExitError',
    ExitError: 'ExitError',
  },
  exited: { Running: 'Exited' },
  killed: { Running: 'ShutdownFailed' },
  launchError: { Started: 'LaunchError' },
};

describe('the states of an extension', () => {
  it.each(Object.entries(allowed))('allow %s in these only', (step, expected) => {
    const after = states.map((state) => [state, extensionStateAfter(state, stepOf(step))] as const);

    expect(Object.fromEntries(after.filter(([, next]) => next !== undefined))).toEqual(expected);
  });
});

function stepOf(name: string): ExtensionStep {
  const found = steps.find((step) => step === name);
  if (found === undefined) throw new Error(`no such step: ${name}`);
  return found;
}

const steps: readonly ExtensionStep[] = [
  'register',
  'next',
  'release',
  'initError',
  'exitError',
  'exited',
  'killed',
  'launchError',
];
