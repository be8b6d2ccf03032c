import { describe, expect, it } from 'vitest';
import { explainingAws } from '../../../../operator/drift/explaining-aws.ts';

function failing(name: string, parts: object = {}) {
  const error = Object.assign(new Error('arn:aws:iam::1:user/planted may not'), { name }, parts);
  return explainingAws(() => Promise.reject(error)).catch((thrown: unknown) => thrown);
}

describe('explainingAws', () => {
  it.each([
    ['AccessDenied', 'aws-refused'],
    ['ExpiredTokenException', 'aws-refused'],
    ['CredentialsProviderError', 'aws-credentials'],
  ])('calls %s %s', async (name, code) => {
    expect(await failing(name)).toMatchObject({ code });
  });

  it.each([
    ['a fault of AWS', 'InternalFailure', { $metadata: {} }],
    ['a connection that fails', 'Error', { code: 'ECONNREFUSED' }],
    ['no answer', 'TimeoutError', {}],
  ])('calls %s unavailable', async (_, name, parts) => {
    expect(await failing(name, parts)).toMatchObject({ code: 'aws-unavailable' });
  });

  it('A21: repeats nothing of the message', async () => {
    expect(String(await failing('AccessDenied'))).not.toContain('planted');
  });

  it('lets a defect of ours be one', async () => {
    expect(await failing('TypeError')).toBeInstanceOf(Error);
    expect(await failing('TypeError')).not.toHaveProperty('code');
  });
});
