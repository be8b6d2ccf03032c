import { VendError } from './errors.ts';

/** The cursor that goes on after the database of this name. */
export const cursorAfter = (name: string): string => Buffer.from(name).toString('base64url');

/**
 * The inverse of {@link cursorAfter}.
 *
 * @throws VendError `INVALID_REQUEST` `query-invalid` for a cursor that this API did not give out.
 */
export function nameIn(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString();
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name) || cursorAfter(name) !== cursor) {
    throw new VendError('INVALID_REQUEST', 'query-invalid');
  }
  return name;
}
