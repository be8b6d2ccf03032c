/**
 * One word of a POSIX shell, whatever the text holds but NUL (POSIX.1-2024, XCU 2.2.2): between single
 * quotes nothing is special, and a single quote itself is written outside of them.
 */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
