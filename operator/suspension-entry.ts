import { readSuspensions } from '../core/registry/suspensions.ts';
import { OperatorError } from './operator-error.ts';

/** An entry that can be suspended, taken apart. */
export type SuspensionEntry =
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'member'; readonly team: string; readonly member: string }
  | { readonly kind: 'user'; readonly database: string; readonly user: string }
  | { readonly kind: 'database'; readonly database: string }
  | { readonly kind: 'issuer'; readonly issuer: string };

/**
 * Reads `team/t`, `member/t/m`, `user/db/u`, `database/db` or `issuer/i`, as the functions will read it.
 *
 * @throws OperatorError `input-invalid`.
 */
export function parseEntry(text: string): SuspensionEntry {
  const [kind, first = '', second = ''] = isEntry(text) ? text.split('/') : [];
  if (kind === 'team') return { kind, team: first };
  if (kind === 'member') return { kind, team: first, member: second };
  if (kind === 'user') return { kind, database: first, user: second };
  if (kind === 'database') return { kind, database: first };
  if (kind === 'issuer') return { kind, issuer: first };
  throw new OperatorError(
    'input-invalid',
    'Name what to suspend: team/<t>, member/<t>/<m>, user/<db>/<u>, database/<db> or issuer/<i>.',
  );
}

/** Whether a text names an entry. */
export function isEntry(text: string): boolean {
  try {
    return readSuspensions([text]).size === 1;
  } catch {
    return false;
  }
}
