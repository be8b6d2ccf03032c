import { createGate } from './gate.ts';
import type { Exit } from './process-group.ts';

/** Why an environment cannot go on, in Lambda's words. */
export interface Failure {
  readonly errorType: FailureType;
  readonly message: string;
}

export type FailureType =
  | 'Extension.InitError'
  | 'Extension.ExitError'
  | 'Extension.Crash'
  | 'Extension.LaunchError'
  | 'Runtime.ExitError'
  | 'Runtime.InvalidEntrypoint'
  /** Not one of Lambda's: the emulator itself was closed. */
  | 'Sandbox.Closed';

/** Watches one environment. Processes may only end when they are told to. */
export interface FailureWatch {
  /** The first thing that ended the environment. */
  readonly failed: Promise<Failure>;
  /** A report does not end anything yet; it names the failure when the process ends. */
  reported(errorType: FailureType): void;
  processEnded(errorType: FailureType, exit: Exit): void;
  /** For what is not the end of a process. */
  fail(errorType: FailureType, reason: string): void;
  /** From now on processes end because they were told to. */
  dismiss(): void;
  isDismissed(): boolean;
}

export function createFailureWatch(): FailureWatch {
  const gate = createGate<Failure>();
  let first: FailureType | undefined;
  let isOver = false;
  return {
    failed: gate.opened,
    reported(errorType) {
      first ??= errorType;
    },
    processEnded(errorType, exit) {
      first ??= errorType;
      if (!isOver) gate.open({ errorType: first, message: exitText(exit) });
    },
    fail(errorType, reason) {
      if (!isOver) gate.open({ errorType, message: reason });
    },
    dismiss() {
      isOver = true;
    },
    isDismissed: () => isOver,
  };
}

/** An exit with code 0 is as fatal as any other. */
function exitText({ code, signal }: Exit): string {
  return signal === null ? `exit code ${code}` : `signal: ${signal}`;
}
