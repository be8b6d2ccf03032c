import { usageError } from './cli-error.ts';

/** One piece of a template: text as it is, or what stands between braces. */
export type TemplatePart =
  | { readonly text: string }
  /** `{url}` or `{orders.url}`. */
  | { readonly alias: string | undefined; readonly field: string };

/** A variable to be set, and from what. */
export interface Template {
  readonly variable: string;
  readonly parts: readonly TemplatePart[];
}

/**
 * Reads `NAME=template`. `{{` and `}}` stand for single braces.
 *
 * @throws CliError for a name that no shell could use, and for braces that do not match.
 */
export function parseTemplate(text: string): Template {
  const [, variable, template = ''] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(text) ?? [];
  if (variable === undefined)
    throw usageError('--set takes NAME=template, as in DATABASE_URL={url}.');
  const pieces = template.match(/\{\{|\}\}|\{[^{}]*\}|[^{}]+|[{}]/g) ?? [];
  return { variable, parts: pieces.map((piece) => partOf(piece, variable)) };
}

/** Fills in the fields. `read` throws `CliError` for those that it does not know. */
export function fillTemplate(
  { parts }: Template,
  read: (alias: string | undefined, field: string) => string,
): string {
  return parts.map((part) => ('text' in part ? part.text : read(part.alias, part.field))).join('');
}

function partOf(piece: string, variable: string): TemplatePart {
  if (piece === '{{' || piece === '}}') return { text: piece.charAt(0) };
  if (!/[{}]/.test(piece)) return { text: piece };
  const [, alias, field] = /^\{(?:([\w-]+)\.)?(\w+)\}$/.exec(piece) ?? [];
  if (field === undefined) {
    throw usageError(`--set ${variable}: a brace of your own is written twice, {{ or }}.`);
  }
  return { alias, field };
}
