import type { ConnectionTarget } from './target.ts';

/**
 * What PostgreSQL keeps of an `application_name`: NAMEDATALEN - 1 bytes ("Runtime configuration",
 * application_name). It cuts at the end, which is where the vend's id stands.
 */
const maxBytes = 63;

/**
 * The name under which a session shows up in the database: the application's own, cut, then
 * ` tv:<id>`, which finds the vend in the audit record. A hint and no evidence: clients set it.
 *
 * At most 63 bytes of printable ASCII. PostgreSQL 16 writes every other byte as four characters, so
 * one accent too many would push the id over the edge; here each such character becomes one `?`.
 */
export function applicationNameOf(
  target: Pick<ConnectionTarget, 'applicationName' | 'vendId'>,
): string {
  const mark = printable(`tv:${target.vendId}`).slice(0, maxBytes);
  const room = Math.max(0, maxBytes - mark.length - 1);
  const own = printable(target.applicationName ?? '')
    .slice(0, room)
    .trimEnd();
  return own === '' ? mark : `${own} ${mark}`;
}

/** ASCII before it is cut: no cut can then fall inside a character. */
function printable(text: string): string {
  return text.trim().replace(/[^ -~]/gu, '?');
}
