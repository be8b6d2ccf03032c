import type { OperatorErrorCode } from '../../operator/operator-error.ts';
import type { CommandContext } from './command-context.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** Runs an operator's work; a fault of the surroundings becomes a line and an exit code. */
export async function explainingFaults(
  context: Pick<CommandContext, 'err' | 'exit'>,
  work: () => Promise<void>,
): Promise<void> {
  const { OperatorError } = await import('../../operator/operator-error.ts');
  try {
    await work();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    context.err(`tokenvend: ${error.message}\n`);
    context.exit(exitCodeOf[error.code]);
  }
}

const exitCodeOf = {
  'path-unreadable': exitCodes.usage,
  'path-empty': exitCodes.usage,
  'output-unwritable': exitCodes.cannotWrite,
  'input-invalid': exitCodes.usage,
  'aws-credentials': exitCodes.identity,
  'aws-refused': exitCodes.refused,
  'aws-unavailable': exitCodes.unreachable,
  'table-conflict': exitCodes.cannotWrite,
  'table-unsound': exitCodes.cannotWrite,
} as const satisfies Record<OperatorErrorCode, ExitCode>;
