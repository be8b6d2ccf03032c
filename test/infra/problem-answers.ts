import type { ErrorCode } from '../../core/errors.ts';
import { problemKinds } from '../../core/problem.ts';

/** The answer that describes each code: `INVALID_REQUEST` is `InvalidRequest`. */
export const answerName = (code: string): string =>
  code
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');

/** Every code of the source; a test compares the number. */
export const codes: readonly ErrorCode[] = [
  'INVALID_REQUEST',
  'UNAUTHENTICATED',
  'DENIED',
  'THROTTLED',
  'UPSTREAM_UNAVAILABLE',
  'INTERNAL',
];

/** Every code with what it means to a client. */
export const kinds = codes.map((code) => [code, problemKinds[code]] as const);
