/** Everything a verb may touch of the outside. */
export interface CommandContext {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly fetch: typeof fetch;
  /** Sets how the process ends, where that is not `done`: one of `exitCodes`, or a child's own code. */
  readonly exit: (code: number) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: () => Date;
  /** Whether people look at what goes to `out`; a program gets no headings, and no colour. */
  readonly isTerminal: boolean;
  /** Whether people look at what goes to `err`: only they are told how far something is. */
  readonly isWatched: boolean;
  /** Whether a runner of GitHub Actions reads `err`, and hides from the job's log what it is told to. */
  readonly isReadByRunner: boolean;
  /** The package's. */
  readonly version: string;
  /** What stood after `--`; `undefined` where there was none. */
  readonly childCommand: readonly string[] | undefined;
}
