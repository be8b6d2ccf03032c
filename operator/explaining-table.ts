import { DynamodbFault, type DynamodbFaultKind } from '../adapters/dynamodb-fault.ts';
import { OperatorError, type OperatorErrorCode } from './operator-error.ts';

/** Runs work on the registry's table; what is wrong with the table becomes a sentence for the operator. */
export async function explainingTable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DynamodbFault)) throw error;
    const [code, sentence] = sentences[error.kind];
    throw new OperatorError(code, sentence);
  }
}

const unsound = 'The table holds something that tokenvend has not written, or not all that it has.';

const sentences = {
  throttled: ['aws-unavailable', 'DynamoDB throttles the table. Run the command again.'],
  unprocessed: ['aws-unavailable', 'DynamoDB throttles the table. Run the command again.'],
  unreachable: ['aws-unavailable', 'DynamoDB does not answer.'],
  'no-credentials': [
    'aws-credentials',
    'There are no AWS credentials, or none in this profile. Does `aws sts get-caller-identity` work?',
  ],
  refused: [
    'aws-refused',
    'AWS refuses the credentials, or what they may do with the table. Only the role in the stack’s ' +
      'output PublisherRoleArn may write it: assume that role, or give a --profile that does.',
  ],
  'table-missing': ['input-invalid', 'There is no such table in this account and Region.'],
  invalid: [
    'input-invalid',
    'DynamoDB calls the request invalid. Is it the registry’s table, with the string keys pk and sk? ' +
      'Or an item has outgrown 400 KB: the pointer, with very many suspensions.',
  ],
  conflict: [
    'table-conflict',
    'Somebody else has published, rolled back or pruned meanwhile. Look at registry versions.',
  ],
  'pointer-absent': ['input-invalid', 'Nothing is published in this table.'],
  'part-missing': ['table-unsound', unsound],
  broken: ['table-unsound', unsound],
} as const satisfies Record<DynamodbFaultKind, readonly [OperatorErrorCode, string]>;
