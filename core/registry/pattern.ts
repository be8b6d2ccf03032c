/** What a condition's text means, or why it means nothing. */
export type Pattern =
  | {
      readonly valid: true;
      readonly match: { readonly exact: string } | { readonly prefix: string };
    }
  | { readonly valid: false; readonly message: string };

/**
 * Reads a condition. The only pattern is a `*` at the end, directly after `:` or `/`: it cannot cut a
 * segment in two (A1: `main*` would admit `main-attacker`), and it can be looked up by its prefix.
 */
export function readPattern(text: string): Pattern {
  // A2: no issuer sends these, and a reader would not see them. \p{C}: control, format, unassigned.
  if (/[\p{C}]|^\s|\s$/u.test(text)) {
    return invalid('Remove white space at the ends and invisible characters.');
  }
  const star = text.indexOf('*');
  if (star === -1) {
    return text === ''
      ? invalid('An empty condition would check nothing; fill it in or remove it.')
      : { valid: true, match: { exact: text } };
  }
  const prefix = text.slice(0, star);
  return star === text.length - 1 && /[:/]$/.test(prefix)
    ? { valid: true, match: { prefix } }
    : invalid('A * may stand only at the very end, directly after a colon or a slash.');
}

const invalid = (message: string): Pattern => ({ valid: false, message });
