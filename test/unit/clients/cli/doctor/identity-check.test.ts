import { describe, expect, it } from 'vitest';
import { ClientError } from '../../../../../clients/api-client/client-error.ts';
import { checkIdentity } from '../../../../../clients/cli/doctor/identity-check.ts';
import { startOfTest } from '../../../../builders/clock.ts';

const exp = startOfTest.getTime() / 1000 + 60;
const jwt = (claims: object): string =>
  `h.${Buffer.from(JSON.stringify({ iss: 'https://i', aud: 'us', exp, ...claims })).toString('base64url')}.planted`;

const checked = async (text: string, audience: string | undefined) => {
  const find = async () => ({ description: 'the file /x', read: async () => text });
  const about = { now: startOfTest, audience, clientId: 'the-client' };
  return (await checkIdentity(find, about)).finding;
};

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

  it('names the place that cannot be read, and what was seen there', async () => {
    const seen = 'The file /x cannot be read (ENOENT).';
    const read = () => Promise.reject(new ClientError('identity-unreadable', { seen }));
    const find = async () => ({ description: 'the file /x', read });

    const { finding } = await checkIdentity(find, { now: startOfTest, audience: 'us' });

    // Nobody is sent back to the doctor, where they are.
    expect(finding).toMatchObject({ saw: 'the file /x', todo: seen });
  });

  it.each([
    ['is good', jwt({}), true],
    ['has expired, since the API may still say so', jwt({ exp: exp - 60 }), true],
    ['is no JWT', 'planted', false],
  ])('says whether there is one to ask the API with: it %s', async (_, text, isThere) => {
    const find = async () => ({ description: 'the file /x', read: async () => text });

    expect(await checkIdentity(find, { now: startOfTest, audience: 'us' })).toMatchObject({
      isThere,
    });
  });

  it.each(['identity-missing', 'identity-unreadable'] as const)(
    'fails after %s',
    async (reason) => {
      const find = () => Promise.reject(new ClientError(reason));

      expect(await checkIdentity(find, { now: startOfTest, audience: 'us' })).toMatchObject({
        isThere: false,
        finding: { status: 'failed', exitCode: 3 },
      });
    },
  );
});
