/**
 * What is wrong with the table, or with what was found in it:
 * - `no-credentials`: there is nothing to sign a request with, so DynamoDB was not asked;
 * - `throttled`, `refused` (credentials or permission), `table-missing`, `unreachable`: DynamoDB's answer;
 * - `invalid`: DynamoDB understood the request and takes it for wrong: other keys, an item too large;
 * - `conflict`: the condition of a write did not hold, so somebody else was faster;
 * - `unprocessed`: DynamoDB left out a part of a batch, and did so again;
 * - `pointer-absent`, `part-missing`, `broken`: what should be there is not, or is not what we wrote.
 */
export type DynamodbFaultKind =
  | 'no-credentials'
  | 'throttled'
  | 'refused'
  | 'table-missing'
  | 'invalid'
  | 'unreachable'
  | 'conflict'
  | 'unprocessed'
  | 'pointer-absent'
  | 'part-missing'
  | 'broken';

/** The table could not be read or written. Never says "absent" of a record: that is an answer, not a fault. */
export class DynamodbFault extends Error {
  override readonly name = 'DynamodbFault';
  readonly kind: DynamodbFaultKind;

  constructor(kind: DynamodbFaultKind) {
    super(kind);
    this.kind = kind;
  }
}

/** A call of the SDK, with our errors in place of its own. They go no further: they may quote an item. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof DynamodbFault ? error : new DynamodbFault(kindOf(error));
  }
}

const kinds = new Map<string, DynamodbFaultKind>([
  ['ConditionalCheckFailedException', 'conflict'],
  ['ProvisionedThroughputExceededException', 'throttled'],
  ['RequestLimitExceeded', 'throttled'],
  ['ThrottlingException', 'throttled'],
  ['AccessDeniedException', 'refused'],
  ['CredentialsProviderError', 'no-credentials'],
  ['ExpiredTokenException', 'refused'],
  ['InvalidSignatureException', 'refused'],
  ['MissingAuthenticationTokenException', 'refused'],
  ['UnrecognizedClientException', 'refused'],
  ['ResourceNotFoundException', 'table-missing'],
  ['SerializationException', 'invalid'],
  ['ValidationException', 'invalid'],
]);

const kindOf = (error: unknown): DynamodbFaultKind =>
  error instanceof Error ? kindOfName(error.name) : 'unreachable';

/** What DynamoDB's name for an error means to us. */
export const kindOfName = (name: string): DynamodbFaultKind => kinds.get(name) ?? 'unreachable';
