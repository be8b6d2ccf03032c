import { describe, expect, it } from 'vitest';
import { calling, DynamodbFault } from '../../../adapters/dynamodb-fault.ts';
import { explainingTable } from '../../../operator/explaining-table.ts';
import { anSdkError } from '../../builders/dynamodb.ts';

const explained = (error: Error) =>
  explainingTable(() => calling(() => Promise.reject(error))).catch((thrown: unknown) => thrown);

describe('explainingTable', () => {
  it.each([
    ['CredentialsProviderError', 'aws-credentials', 'There are no AWS credentials'],
    ['AccessDeniedException', 'aws-refused', 'PublisherRoleArn'],
    ['ExpiredTokenException', 'aws-refused', '--profile'],
    ['ResourceNotFoundException', 'input-invalid', 'no such table'],
    ['ConditionalCheckFailedException', 'table-conflict', 'Somebody else'],
    ['ThrottlingException', 'aws-unavailable', 'throttles'],
  ])('calls %s %s, and says what to look at', async (name, code, words) => {
    expect(await explained(anSdkError(name))).toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
  });

  it('A21: repeats nothing of what the SDK says', async () => {
    expect(String(await explained(anSdkError('ValidationException')))).not.toContain('quotes');
  });

  it('lets an error that is none of the table’s pass', async () => {
    const defect = new TypeError('a defect');

    await expect(explainingTable(() => Promise.reject(defect))).rejects.toBe(defect);
    expect(await explained(new DynamodbFault('broken'))).toMatchObject({ code: 'table-unsound' });
  });
});
