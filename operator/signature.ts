import type { Signature } from '../adapters/dynamodb-pointer-moves.ts';
import { OperatorError } from './operator-error.ts';
import type { OperatorDependencies } from './publish-registry.ts';

/** Who is at work, at this moment, and why if that was said. */
export function signatureOf({ by, clock, reason }: OperatorDependencies): Signature {
  const signature = { by, at: clock() };
  return reason === undefined ? signature : { ...signature, reason };
}

/** Adds the reason of a verb that can do without one. @throws OperatorError as {@link checkedReason}. */
export function withReason(
  deps: OperatorDependencies,
  reason: string | undefined,
): OperatorDependencies {
  return reason === undefined ? deps : { ...deps, reason: checkedReason(reason) };
}

/** The pointer is one item of at most 400 KB, and is read every 10 s by every function. */
const maxReasonLength = 256;

/** @throws OperatorError `input-invalid` for a reason that is empty or over 256 characters. */
export function checkedReason(reason: string): string {
  const text = reason.trim();
  if (text === '' || text.length > maxReasonLength) {
    throw new OperatorError('input-invalid', 'Give a --reason of at most 256 characters.');
  }
  return text;
}
