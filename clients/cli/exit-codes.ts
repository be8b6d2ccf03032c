/** What the process says to its caller; the numbers are part of the CLI's contract (docs/cli.md). */
export const exitCodes = {
  done: 0,
  /** Also where a registry has errors, and where `doctor` finds one in a database's configuration. */
  usage: 2,
  /** The identity is missing or unreadable. */
  identity: 3,
  /** The API refuses (401, 403). */
  refused: 4,
  /** The API could not be reached, or asked for patience, until there was none left. */
  unreachable: 5,
  notUnderstood: 6,
  cannotWrite: 7,
  /** `check` found files that are no longer good. */
  notFresh: 8,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
