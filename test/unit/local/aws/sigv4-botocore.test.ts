import { expect, it } from 'vitest';
import type { SessionKey } from '../../../../local/aws/access-key.ts';
import { verifyRequest } from '../../../../local/aws/sigv4.ts';
import { account, noon, region, teamRoleArn } from './a-local-aws.ts';

/** As botocore 1.43.11 signed it, with keys made up for this. */
const request = {
  method: 'POST',
  url: '/v1/iam/tokens?b=2&a=z&a=A&a-b=&c=a%20b%2Fc%2B',
  headers: {
    host: 'api.example.com',
    'content-type': 'application/json',
    'x-amz-date': '20261120T095339Z',
    'x-amz-security-token': 'tok+/==',
    authorization:
      'AWS4-HMAC-SHA256 Credential=ASIAAAAAAAAAAAAAAAAA/20261120/eu-west-1/execute-api/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, ' +
      'Signature=31b473ffbb5d38aed82af38138f60c621a158afa1ea4cf6dc74a5e118a9c5687',
  },
  body: Buffer.from('{"x":1}'),
};

const key: SessionKey = {
  kind: 'session',
  accessKeyId: 'ASIAAAAAAAAAAAAAAAAA',
  secretAccessKey: 'sekret',
  sessionToken: 'tok+/==',
  principal: { account, arn: '', userId: '', principalArn: teamRoleArn },
  issuedAt: noon,
  expiresAt: new Date('2036-01-01T00:00:00Z'),
};

it('accepts what botocore signs: a query out of order, repeated and empty parameters', () => {
  const now = new Date('2026-11-20T09:53:39Z');
  const expected = { service: 'execute-api', region, now, keys: { find: () => key } } as const;

  expect(verifyRequest(request, expected)).toEqual({ ok: true, key });
  expect(verifyRequest({ ...request, url: '/v1/iam/tokens?b=2' }, expected).ok).toBe(false);
});
