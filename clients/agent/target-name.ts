import { namePattern } from '../../core/name.ts';

/** What somebody wants to connect to, and what they call it. */
export interface TargetName {
  /** Names the folder of the target's files, and its part in templates. Safe in both. */
  readonly alias: string;
  readonly database: string;
  /** Absent where the caller has exactly one. */
  readonly user?: string | undefined;
}

/** No dot and no slash: it becomes a folder's name. */
const aliasForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;
/** The registry's own rule for database users (docs/registry.md). */
const userForm = /^[^\s\p{Cc}*?${}/]{1,128}$/u;

/**
 * Reads `database`, `database/user` or `alias=database/user`; the alias is the database's name unless
 * said. `undefined` for anything else.
 */
export function parseTargetName(text: string): TargetName | undefined {
  const [, said, database = '', user] = /^(?:([^=/]*)=)?([^/=]*)(?:\/(.*))?$/su.exec(text) ?? [];
  const alias = said ?? database;
  const isWellFormed =
    aliasForm.test(alias) &&
    namePattern.test(database) &&
    (user === undefined || userForm.test(user));
  return isWellFormed ? { alias, database, ...(user === undefined ? {} : { user }) } : undefined;
}
