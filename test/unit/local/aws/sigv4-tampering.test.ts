import { describe, expect, it } from 'vitest';
import type { SignedRequest } from '../../../../local/aws/sigv4.ts';
import { aLocalAws } from './a-local-aws.ts';
import { aSession, signed, verify, withoutDeclaredHash } from './a-signed-request.ts';

const refused = (reason: string) => ({ ok: false, reason });

describe('a request that was changed after it was signed', () => {
  it.each<[string, (request: SignedRequest) => Partial<SignedRequest>, string]>([
    ['method', () => ({ method: 'PUT' }), 'bad-signature'],
    ['path', () => ({ url: '/v1/iam/whoami' }), 'bad-signature'],
    ['query', ({ url }) => ({ url: `${url}?fresh=true` }), 'bad-signature'],
    ['broken query', ({ url }) => ({ url: `${url}?a=%` }), 'malformed'],
    ['body', () => ({ body: Buffer.from('{"database":"billing"}') }), 'wrong-payload'],
    [
      'host',
      ({ headers }) => ({ headers: { ...headers, host: 'other.example.com' } }),
      'bad-signature',
    ],
    [
      'content type',
      ({ headers }) => ({ headers: { ...headers, 'content-type': 'text/plain' } }),
      'bad-signature',
    ],
    [
      'date',
      ({ headers }) => ({ headers: { ...headers, 'x-amz-date': '20260101T120001Z' } }),
      'bad-signature',
    ],
    [
      'day',
      ({ headers }) => ({ headers: { ...headers, 'x-amz-date': '20260102T120000Z' } }),
      'wrong-scope',
    ],
    [
      'added x-amz- header',
      ({ headers }) => ({ headers: { ...headers, 'x-amz-target': 'x' } }),
      'header-not-signed',
    ],
    [
      'removed header',
      ({ headers }) => ({ headers: { ...headers, 'content-type': undefined } }),
      'header-not-signed',
    ],
    [
      'session token',
      ({ headers }) => ({ headers: { ...headers, 'x-amz-security-token': 'x' } }),
      'bad-signature',
    ],
  ])('is refused: %s', async (_, change, reason) => {
    const aws = aLocalAws();
    const request = await signed(aSession(aws));

    const verification = verify(aws, { ...request, ...change(request) });

    expect(verification).toEqual(refused(reason));
  });

  it('is refused for its body even where the client declared no hash', async () => {
    const aws = aLocalAws();
    const { headers, ...rest } = await withoutDeclaredHash(aSession(aws));

    const verification = verify(aws, { ...rest, headers, body: Buffer.from('{}') });

    expect(verification).toEqual(refused('bad-signature'));
  });
});

describe('the Authorization header', () => {
  const breakages: readonly [string, (header: string) => string | undefined, string][] = [
    ['missing', () => undefined, 'unsigned'],
    ['a bearer token', () => 'Bearer eyJhbGciOi', 'malformed'],
    ['another algorithm', (header) => header.replace('SHA256', 'SHA1'), 'malformed'],
    [
      'an upper-case signature',
      (header) => header.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase()),
      'malformed',
    ],
    [
      'unsorted headers',
      (header) => header.replace(/SignedHeaders=([^;]+);host/, 'SignedHeaders=host;$1'),
      'malformed',
    ],
    ['a header named twice', (header) => header.replace(';host;', ';host;host;'), 'malformed'],
    ['a host that is not signed', (header) => header.replace(';host', ''), 'header-not-signed'],
    [
      'a date that is not signed',
      (header) => header.replace(';x-amz-date', ''),
      'header-not-signed',
    ],
    [
      'a token that is not signed',
      (header) => header.replace(';x-amz-security-token', ''),
      'header-not-signed',
    ],
    ['something after it', (header) => `${header}, Signature=`, 'malformed'],
  ];

  it.each(breakages)('is refused: %s', async (_, change, reason) => {
    const aws = aLocalAws();
    const request = await signed(aSession(aws));
    const header = change(`${request.headers.authorization}`);

    const verification = verify(aws, {
      ...request,
      headers: { ...request.headers, authorization: header },
    });

    expect(verification).toEqual(refused(reason));
  });
});
