/** Why a renewal wrote nothing. */
export type RefusalCode =
  /** Flags or bundle names that the command does not know. */
  | 'usage'
  /** AWS publishes no such bundle: no public address, or 403 or 404 from it. */
  | 'not-published'
  /** No answer, a redirect, or a status other than 200. */
  | 'download-failed'
  | 'too-large'
  /** Not a list of whole PEM certificates, and of nothing else. */
  | 'unreadable'
  | 'not-a-ca'
  /** Names itself as its issuer, but its key did not sign it. */
  | 'signature'
  /** A root of another region, or with a name that is not known. */
  | 'unexpected-root'
  /** Nothing would be left of a bundle. */
  | 'bundle-empty'
  /** A root that is trusted today would be gone; `--allow-removals` accepts it. */
  | 'root-lost';

/** A renewal stops before it writes anything. The message is for the operator who ran it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}
