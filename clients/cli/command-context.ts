import type { ExitCode } from './exit-codes.ts';

/** Everything a verb may touch of the outside. */
export interface CommandContext {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly fetch: typeof fetch;
  /** Sets how the process ends, where that is not `done`. */
  readonly exit: (code: ExitCode) => void;
}
