import type { DraftDatabase, RegistryDraft } from '../draft.ts';
import { error, type Finding } from '../problem.ts';

/** What clients open ends up in their files, URLs and shells, and in the packet that starts a session. */
export function checkDbnames(draft: RegistryDraft): Finding[] {
  return [...draft.databases].flatMap(([name, database]) => {
    const message = dbnameProblem(database);
    return message === undefined ? [] : [error(['databases', name, 'dbname'], message)];
  });
}

/** PostgreSQL's NAMEDATALEN - 1: it cuts the rest off without a word. */
const maxPostgresBytes = 63;

function dbnameProblem({ engine, dbname = '' }: DraftDatabase): string | undefined {
  // Found here, since the formats refuse them only when a token has been vended and recorded.
  if (/[\p{Cc}\p{Cs}]/u.test(dbname)) return 'Remove control characters from the name.';
  return engine === 'postgres' && Buffer.byteLength(dbname) > maxPostgresBytes
    ? `PostgreSQL cuts names after ${maxPostgresBytes} bytes; correct it.`
    : undefined;
}
