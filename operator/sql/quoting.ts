import { OperatorError } from '../operator-error.ts';

/**
 * How each engine writes names and texts, whatever they hold: the rules of its own manual, and not of
 * one driver. NUL can be written in none.
 */

/** A PostgreSQL name: a double quote is doubled (manual, section 4.1.1). */
export const postgresName = (name: string): string => `"${sound(name).replaceAll('"', '""')}"`;

/**
 * A PostgreSQL text (section 4.1.2). With a backslash it is written as `E''`: what a plain one means
 * depends on the setting `standard_conforming_strings`; the space keeps the `E` from the word before.
 */
export function postgresText(text: string): string {
  const doubled = sound(text).replaceAll("'", "''");
  return doubled.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

/** Dollar quotes around code, with a tag that does not occur in it (section 4.1.2.4). */
export function postgresCode(code: string): string {
  let tag = '$tokenvend$';
  for (let at = 1; sound(code).includes(tag.slice(0, -1)); at++) tag = `$tokenvend${at}$`;
  return `${tag}\n${code}\n${tag}`;
}

/**
 * A MySQL or MariaDB name or account part: a backtick is doubled (MySQL manual, section 11.2). Not
 * single quotes, in which a backslash means one thing or another depending on `sql_mode`.
 */
export const mysqlName = (name: string): string => `\`${sound(name).replaceAll('`', '``')}\``;

/** What follows `--` to the end of its line, in every engine. */
export const comment = (text: string): string =>
  `-- ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')}`;

function sound(text: string): string {
  if (!text.includes('\0')) return text;
  throw new OperatorError('input-invalid', 'No engine takes a name with a NUL character.');
}
