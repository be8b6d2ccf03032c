import { environmentOf } from './environment.ts';
import { shellQuote } from './shell-quote.ts';
import type { ConnectionTarget } from './target.ts';

/**
 * `export NAME='value'` lines for a POSIX shell to `eval` or source. Holds the token.
 *
 * @throws FormatError as {@link environmentOf} does.
 */
export function env(target: ConnectionTarget): string {
  return [...environmentOf(target)]
    .map(([name, value]) => `export ${name}=${shellQuote(value)}\n`)
    .join('');
}
