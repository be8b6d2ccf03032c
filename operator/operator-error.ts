/**
 * Why an operator's verb could not do its work: what was asked for cannot be (`path-…`, `input-invalid`), AWS
 * does not do it (`aws-…`), or nothing was written, though it could have been (`output-unwritable`,
 * `table-…`).
 */
export type OperatorErrorCode =
  | 'path-unreadable'
  | 'path-empty'
  | 'output-unwritable'
  | 'input-invalid'
  | 'aws-credentials'
  | 'aws-refused'
  | 'aws-unavailable'
  | 'table-conflict'
  | 'table-unsound';

/** A fault of the surroundings, with a sentence for the operator. What is wrong in the files is a problem instead. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly code: OperatorErrorCode;

  constructor(code: OperatorErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
