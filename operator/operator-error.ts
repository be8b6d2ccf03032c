/** Why an operator's verb could not do its work. */
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
