import type { ConnectionTarget } from './target.ts';

/**
 * The API's answer as it came, with the paths and the tunnel that the client added: `tls.ca.file` and
 * `via`. Holds the token. `expiresIn` is as of the answer; files go by `expiresAt`.
 */
export function json({ answer, caFile, via }: ConnectionTarget): string {
  const { tls } = answer;
  // What is undefined is left out.
  const document = { ...answer, via, tls: { ...tls, ca: { ...tls.ca, file: caFile } } };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
