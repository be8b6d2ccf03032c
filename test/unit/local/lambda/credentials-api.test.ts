import { describe, expect, it } from 'vitest';
import type { ApiAnswer } from '../../../../local/lambda/api-answer.ts';
import { createCredentialsApi, credentialsPath } from '../../../../local/lambda/credentials-api.ts';

const credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'session',
  expiresAt: new Date('2026-03-01T13:00:00Z'),
};

async function ask(authorization: string, expected: string | undefined): Promise<ApiAnswer> {
  const api = createCredentialsApi({
    authorizationToken: expected,
    credentials: () => credentials,
  });
  const headers = new Map([['authorization', authorization]]);
  const answer = await api({ method: 'GET', path: credentialsPath, headers, body: '' });
  if (answer === undefined) throw new Error('not answered');
  return answer;
}

describe('the credentials endpoint', () => {
  it('answers in the shape that SDKs read', async () => {
    const { status, body } = await ask('right', 'right');

    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      AccessKeyId: 'ASIAEXAMPLE',
      SecretAccessKey: 'secret',
      Token: 'session',
      Expiration: '2026-03-01T13:00:00.000Z',
    });
  });

  it.each([
    ['a wrong token', 'wrong', 'right'],
    ['no token', '', 'right'],
    ['a mode without the endpoint', '', undefined],
  ])('gives nothing away to %s', async (_, claimed, expected) => {
    const { status, body } = await ask(claimed, expected);

    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });
});
