import { describe, expect, it } from 'vitest';
import { ClientError } from '../../../../../clients/api-client/client-error.ts';
import { checkIdentity } from '../../../../../clients/cli/doctor/identity-check.ts';
import { startOfTest } from '../../../../builders/clock.ts';

const exp = startOfTest.getTime() / 1000 + 60;
const jwt = (claims: object): string =>
  `h.${Buffer.from(JSON.stringify({ iss: 'https://i', aud: 'us', exp, ...claims })).toString('base64url')}.planted`;

const checked = (text: string, audience: string | undefined) =>
  checkIdentity(async () => ({ description: 'the file /x', read: async () => text }), {
    now: startOfTest,
    audience,
    clientId: 'the-client',
  });

describe('the check of the identity', () => {
  it('says where it was found, from whom, for whom and until when, and nothing else', async () => {
    const { status, saw } = await checked(jwt({ email: 'planted' }), 'us');

    expect([status, saw]).toEqual([
      'ok',
      'the file /x: iss https://i, aud us, exp 2026-03-01T12:01:00.000Z',
    ]);
  });

  it.each([
    ['has expired', jwt({ exp: exp - 60 }), 'us'],
    ['is for another audience', jwt({ aud: 'them' }), 'us'],
    ['is no JWT', 'planted', 'us'],
  ])('fails where it %s', async (_, text, audience) => {
    const finding = await checked(text, audience);

    expect(finding).toMatchObject({ status: 'failed', exitCode: 3, todo: expect.any(String) });
    expect(JSON.stringify(finding)).not.toContain('planted');
  });

  it('takes an ID token, which is for the client that people sign in with', async () => {
    expect(await checked(jwt({ aud: 'the-client' }), 'us')).toMatchObject({ status: 'ok' });
  });

  it('does not judge the audience where the API’s is not known', async () => {
    expect(await checked(jwt({ aud: 'them' }), undefined)).toMatchObject({ status: 'ok' });
  });

  it('names the place that cannot be read, and what to look at there', async () => {
    const read = () => Promise.reject(new ClientError('identity-unreadable'));
    const find = async () => ({ description: 'the file /x', read });

    const { saw, todo } = await checkIdentity(find, { now: startOfTest, audience: 'us' });

    expect(saw).toContain('the file /x');
    // Nobody is sent back to where they are.
    expect(todo).not.toContain('doctor');
  });

  it.each(['identity-missing', 'identity-unreadable'] as const)(
    'fails after %s',
    async (reason) => {
      const find = () => Promise.reject(new ClientError(reason));

      expect(await checkIdentity(find, { now: startOfTest, audience: 'us' })).toMatchObject({
        status: 'failed',
        exitCode: 3,
      });
    },
  );
});
