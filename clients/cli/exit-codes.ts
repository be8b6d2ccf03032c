/** What the process says to its caller; the numbers are part of the CLI's contract. */
export const exitCodes = {
  done: 0,
  /** Also where a registry has errors. */
  usage: 2,
  cannotWrite: 7,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
