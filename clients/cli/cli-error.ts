import { type ExitCode, exitCodes } from './exit-codes.ts';

/** A verb cannot go on. The message is a sentence for the person who typed the command, and holds no secret. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What was typed, or a variable, is wrong: code 2. */
export const usageError = (message: string): CliError => new CliError(exitCodes.usage, message);
