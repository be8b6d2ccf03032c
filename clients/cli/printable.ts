/**
 * Text from elsewhere, fit for a terminal: names that an issuer or an API chose may hold escape
 * sequences that move the cursor, or hide a line. Their characters become `?`.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
