/**
 * Why a file was not written. Closed.
 *
 * - `folder-unwritable`, `file-unwritable`: the system refuses, as `systemCode` says.
 * - `not-a-folder`: something else has the folder's name; a symbolic link counts as something else.
 * - `folder-of-another`: the folder belongs to another user, who could swap what is in it.
 * - `folder-open-to-others`: others may write to it, and the system does not let us change that.
 */
export type WriteErrorReason =
  | 'folder-unwritable'
  | 'file-unwritable'
  | 'not-a-folder'
  | 'folder-of-another'
  | 'folder-open-to-others';

/** Names the path and the system's own code (`EACCES`), and never what was to be written. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  readonly reason: WriteErrorReason;
  readonly path: string;
  readonly systemCode: string | undefined;

  constructor(reason: WriteErrorReason, path: string, systemCode?: string) {
    super(`${path}: ${reason}${systemCode === undefined ? '' : ` (${systemCode})`}`);
    this.reason = reason;
    this.path = path;
    this.systemCode = systemCode;
  }
}

/** `EACCES` and the like, of an error of `node:fs`; `undefined` for any other. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
