import { expect, test } from 'vitest';
import { apiAuthOf } from '../../clients/node/api-auth.ts';
import { inProcessVend } from '../../clients/node/in-process.ts';
import { thisMachine } from '../../clients/node/machine.ts';
import { settingsOf } from '../../clients/node/settings.ts';
import { httpProxyIn } from '../../clients/proxy/http-proxy.ts';
import { agentsThrough } from '../../clients/proxy/proxy-agent.ts';
import { aConnectProxy } from '../builders/a-connect-proxy.ts';
import { jwt } from '../unit/clients/api-client/an-api-client.ts';

const audience = 'https://tokens.example.com';
const options = { apiUrl: audience, auth: 'identity' } as const;

test('the library asks the API through the proxy of its environment', async () => {
  const proxy = await aConnectProxy({ refusesWith: 403 });
  const env = { https_proxy: proxy.address, TOKENVEND_IDENTITY_TOKEN: jwt };
  const vend = inProcessVend(settingsOf(options, env), { ...thisMachine(), env });

  await expect(vend({ database: 'orders' })).rejects.toMatchObject({ reason: 'proxy-refused' });

  expect(proxy.asked).toMatchObject([{ authority: 'tokens.example.com:443' }]);
});

test('the library asks GitHub Actions through it as well', async () => {
  const proxy = await aConnectProxy({ refusesWith: 403 });
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://runner.example.com/oidc',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-token',
  };
  const httpsAgent = agentsThrough(httpProxyIn({ https_proxy: proxy.address }));
  const machine = { ...thisMachine(), env, httpsAgent };
  const auth = apiAuthOf(settingsOf(options, env), machine, async () => audience);

  const asking = auth.kind === 'jwt' ? auth.identity() : undefined;

  await expect(asking).rejects.toMatchObject({ reason: 'proxy-refused' });
  expect(proxy.asked).toMatchObject([{ authority: 'runner.example.com:443' }]);
});
