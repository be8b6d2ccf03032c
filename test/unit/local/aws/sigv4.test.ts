import { describe, expect, it } from 'vitest';
import { account, aLocalAws, noon } from './a-local-aws.ts';
import { aSession, signed, verify, type Wanted } from './a-signed-request.ts';

const refused = (reason: string) => ({ ok: false, reason });

describe('a request that is signed right', () => {
  it.each<[string, Wanted]>([
    ['a body', {}],
    ['no body', { method: 'GET', path: '/v1/iam/databases', body: '' }],
    ['a query in any order', { query: { limit: '10', cursor: 'a/b+c==', 'a-b': '', a: '1' } }],
    ['a repeated parameter', { query: { tag: ['z', 'a b', 'A'] } }],
    ['awkward characters', { query: { user: "o'brien (é)*!~" } }],
    ['an encoded path', { path: '/v1/ca/eu%20west/a%2Fb' }],
    ['dots in the path', { path: '/v1/./iam/../iam/tokens/' }],
    ['spaces within a header', { headers: { 'x-amz-meta': '  a   b ' } }],
  ])('is accepted with %s', async (_, wanted) => {
    const aws = aLocalAws();
    const key = aSession(aws);

    const verification = verify(aws, await signed(key, wanted));

    expect(verification).toEqual({ ok: true, key });
  });

  it('is accepted from a user, who has no session token', async () => {
    const aws = aLocalAws();
    const key = aws.credentials.issueUserKey({ account, name: 'ci', policies: [] });

    const verification = verify(aws, await signed(key));

    expect(verification).toEqual({ ok: true, key });
  });

  it.each([-300, 300])('is accepted with a clock that is off by %d s', async (seconds) => {
    const aws = aLocalAws();
    const request = await signed(aSession(aws));
    aws.now = new Date(noon.getTime() + seconds * 1000);

    expect(verify(aws, request).ok).toBe(true);
  });
});

describe('a request of somebody else', () => {
  it.each<[string, Wanted]>([
    ['another service', { service: 'sts' }],
    ['another region', { region: 'us-east-1' }],
  ])('A29: is refused when it was signed for %s', async (_, wanted) => {
    const aws = aLocalAws();

    const verification = verify(aws, await signed(aSession(aws), wanted));

    expect(verification).toEqual(refused('wrong-scope'));
  });

  it.each([-301, 301])('is refused when it was signed %d s from now', async (seconds) => {
    const aws = aLocalAws();
    const request = await signed(aSession(aws));
    aws.now = new Date(noon.getTime() + seconds * 1000);

    expect(verify(aws, request)).toEqual(refused('skewed'));
  });

  it('is refused with a key that was never issued here', async () => {
    const request = await signed(aSession(aLocalAws()));

    expect(verify(aLocalAws(), request)).toEqual(refused('unknown-key'));
  });

  it('is refused with the secret of another key', async () => {
    const aws = aLocalAws();
    const [mine, other] = [aSession(aws), aSession(aws)];

    const request = await signed({ ...other, secretAccessKey: mine.secretAccessKey });

    expect(verify(aws, request)).toEqual(refused('bad-signature'));
  });

  it('A12: is refused with the session token of another session, signed or left out', async () => {
    const aws = aLocalAws();
    const [mine, other] = [aSession(aws), aSession(aws)];
    const { sessionToken: _, ...bare } = mine;

    const swapped = await signed({ ...mine, sessionToken: other.sessionToken });
    const without = await signed({ ...bare, kind: 'user', policies: [] });

    expect(verify(aws, swapped)).toEqual(refused('wrong-session-token'));
    expect(verify(aws, without)).toEqual(refused('wrong-session-token'));
  });

  it('A18: is refused from the second on at which the session ends', async () => {
    const aws = aLocalAws();
    aws.now = new Date('2026-01-01T11:02:00Z');
    const session = aSession(aws);
    const request = await signed(session);

    aws.now = new Date(session.expiresAt.getTime() - 1);
    const before = verify(aws, request);
    aws.now = session.expiresAt;
    const after = verify(aws, request);

    expect(before.ok).toBe(true);
    expect(after).toEqual(refused('session-ended'));
  });
});
