import type { SignatureRefusal } from './sigv4.ts';

/** The codes of STS's own and of AWS's common errors that the local STS answers with, and their status. */
const statuses = {
  AccessDenied: 403,
  ExpiredToken: 403,
  IncompleteSignature: 400,
  InternalFailure: 500,
  InvalidAction: 400,
  InvalidClientTokenId: 403,
  MalformedPolicyDocument: 400,
  MissingAuthenticationToken: 403,
  SignatureDoesNotMatch: 403,
  Throttling: 400,
  ValidationError: 400,
} as const satisfies Record<string, number>;

/** `Code` of an error answer. */
export type StsErrorCode = keyof typeof statuses;

/** What STS answers instead of a result. The message goes over the wire and never quotes a secret. */
export class StsError extends Error {
  override readonly name = 'StsError';
  readonly code: StsErrorCode;
  readonly status: number;

  constructor(code: StsErrorCode, message: string) {
    super(message);
    this.code = code;
    this.status = statuses[code];
  }
}

/** The error that a caller sees whose signature was refused. */
export function signatureError(reason: SignatureRefusal): StsError {
  return new StsError(codes[reason], `The request signature was refused: ${reason}.`);
}

const codes = {
  unsigned: 'MissingAuthenticationToken',
  malformed: 'IncompleteSignature',
  'header-not-signed': 'IncompleteSignature',
  'wrong-scope': 'SignatureDoesNotMatch',
  skewed: 'SignatureDoesNotMatch',
  'wrong-payload': 'SignatureDoesNotMatch',
  'bad-signature': 'SignatureDoesNotMatch',
  'unknown-key': 'InvalidClientTokenId',
  'wrong-session-token': 'InvalidClientTokenId',
  'session-ended': 'ExpiredToken',
} as const satisfies Record<SignatureRefusal, StsErrorCode>;
