import type { ConnectionTarget } from './target.ts';

/**
 * Why a connection cannot be written down in a format. Closed; each has its row in docs/formats.md.
 *
 * - `ENGINE_UNSUPPORTED`: the format does not exist for the database's engine.
 * - `PATH_MISSING`, `PATH_NOT_ABSOLUTE`: the format names a file, and was given none, or a relative one.
 * - `ADDRESS_INVALID`: a tunnel's end must be an IP address and a port; names are not resolved here.
 * - `TUNNEL_UNSUPPORTED`: the format's readers cannot dial one address and verify the name of another.
 * - `VALUE_NOT_EXPRESSIBLE`: the format has no way to write a character that the value holds.
 * - `LINE_TOO_LONG`: the format's readers have a line buffer, and the line does not fit into it.
 */
export type FormatErrorCode =
  | 'ENGINE_UNSUPPORTED'
  | 'PATH_MISSING'
  | 'PATH_NOT_ABSOLUTE'
  | 'ADDRESS_INVALID'
  | 'TUNNEL_UNSUPPORTED'
  | 'VALUE_NOT_EXPRESSIBLE'
  | 'LINE_TOO_LONG';

/** Says which field of a connection cannot be written, and never what is in it: that may be the token. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly code: FormatErrorCode;
  readonly field: keyof ConnectionTarget;

  constructor(code: FormatErrorCode, field: keyof ConnectionTarget) {
    super(`${code}: ${field}`);
    this.code = code;
    this.field = field;
  }
}
