import { VendError } from '../errors.ts';
import { namePart as name } from '../name.ts';
import { isListOf, isMatching } from './guards.ts';
import type { Suspensions } from './store.ts';

/**
 * Checks a list of suspensions as an operator wrote it. One entry that names nothing (`teams/x`)
 * refuses the list: whom it was to stop would go on.
 *
 * @throws VendError `UPSTREAM_UNAVAILABLE` (`registry-unavailable`).
 */
export function readSuspensions(entries: unknown): Suspensions {
  if (!isEntries(entries)) throw new VendError('UPSTREAM_UNAVAILABLE', 'registry-unavailable');
  return new Set(entries);
}

/** {@link readSuspensions} for a JSON text. */
export function parseSuspensions(text: string): Suspensions {
  try {
    return readSuspensions(JSON.parse(text));
  } catch {
    throw new VendError('UPSTREAM_UNAVAILABLE', 'registry-unavailable');
  }
}

const isEntries = isListOf(
  isMatching(
    new RegExp(`^(?:(?:team|database|issuer)/${name}|member/${name}/${name}|user/${name}/[^/]+)$`),
  ),
);
