import { FormatError } from './format-error.ts';
import type { ConnectionTarget } from './target.ts';

/**
 * Lets a value through that a format can hold, and refuses the rest: what is dropped or cut silently
 * becomes a wrong password, or a line of its own that somebody else wrote.
 *
 * No format holds NUL, which ends a C string early, or half a surrogate pair, which UTF-8 cannot carry.
 *
 * @throws FormatError `VALUE_NOT_EXPRESSIBLE` for those, and for whatever `forbidden` matches.
 */
export function expressible(
  value: string,
  field: keyof ConnectionTarget,
  forbidden?: RegExp,
): string {
  if (value.includes('\0') || /\p{Surrogate}/u.test(value) || forbidden?.test(value)) {
    throw new FormatError('VALUE_NOT_EXPRESSIBLE', field);
  }
  return value;
}
