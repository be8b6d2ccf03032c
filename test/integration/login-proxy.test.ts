import { expect, test } from 'vitest';
import { findProvider } from '../../clients/cli/login/provider.ts';
import { renewSession } from '../../clients/cli/login/renew-session.ts';
import { withProvider } from '../../clients/cli/login/sign-in-failure.ts';
import { aConnectProxy } from '../builders/a-connect-proxy.ts';
import { aSession } from '../unit/clients/cli/login/a-session.ts';

const place = { issuer: 'https://sign-in.example.com', clientId: 'tokenvend' };
const clock = () => new Date();

test.each([407, 403])(
  'a proxy that answers %i is not taken for the provider',
  async (refusesWith) => {
    const proxy = await aConnectProxy({ refusesWith });
    const reach = { env: { https_proxy: proxy.address }, clock };

    const signIn = withProvider(() => findProvider(place, reach));

    await expect(signIn).rejects.toMatchObject({ name: 'CliError', failure: 'proxy', exitCode: 3 });
    expect(proxy.asked).toMatchObject([{ authority: 'sign-in.example.com:443' }]);
  },
);

test('a session that a proxy keeps from being renewed has not ended', async () => {
  const proxy = await aConnectProxy({ refusesWith: 407 });
  const reach = { env: { https_proxy: proxy.address }, clock };

  const renewal = await renewSession(aSession({ ...place, refreshToken: 'planted' }), reach);

  expect(renewal).toBe('unreachable');
  expect(proxy.asked).toHaveLength(1);
});
