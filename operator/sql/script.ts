import { comment } from './quoting.ts';
import type { UserSql } from './user-sql.ts';

/** The statements of several users as one file to review and run; what is not for running is a comment. */
export function sqlScript(heading: string, users: readonly UserSql[]): string {
  const parts = users.map(({ user, statements, warnings, suggestions }) =>
    [
      comment(user),
      ...warnings.map((text) => comment(`Note: ${text}`)),
      ...statements,
      ...(suggestions.length === 0 ? [] : [comment('Its rights are yours to give, such as:')]),
      ...suggestions.map((text) => comment(`  ${text}`)),
    ].join('\n'),
  );
  return `${[comment(heading), ...parts].join('\n\n')}\n`;
}
