import { describe, expect, it } from 'vitest';
import { extensionVend } from '../../../../clients/node/extension.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { aClosedPort, aServer, json, type Script } from '../api-client/a-server.ts';

const env = { AWS_SESSION_TOKEN: 'session-token' };
const clock = () => new Date();

async function anExtension(script: Script) {
  const server = await aServer(script);
  return { server, settings: settingsFor(server.url) };
}

function settingsFor(url: string, extensionWaitMs = 5_000) {
  return { extensionPort: Number(new URL(url).port), extensionWaitMs };
}

const answers: Script = (response) => json(response, 200, anAnswer());

describe('asking the extension', () => {
  it('shows the session token, and says what is wanted in the query', async () => {
    const { server, settings } = await anExtension(answers);
    const vend = extensionVend(settings, { env, clock });

    await vend({ database: 'orders', user: 'a b', team: 'payments', inlineCa: true, fresh: true });

    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      url: '/v1/tokens?database=orders&user=a+b&team=payments&inlineCa=true&fresh=true',
      headers: { 'x-tokenvend-token': 'session-token' },
    });
  });

  it('leaves out what is not said', async () => {
    const { server, settings } = await anExtension(answers);

    await extensionVend(settings, { env, clock })({ database: 'orders', fresh: false });

    expect(server.seen[0]?.url).toBe('/v1/tokens?database=orders');
  });

  it("shows the container's token where there is no session token", async () => {
    const { server, settings } = await anExtension(answers);
    const container = { AWS_SESSION_TOKEN: '', AWS_CONTAINER_AUTHORIZATION_TOKEN: 'container' };

    await extensionVend(settings, { env: container, clock })({ database: 'orders' });

    expect(server.seen[0]?.headers['x-tokenvend-token']).toBe('container');
  });

  it.each([
    ['nothing', {}],
    ['a line break', { AWS_SESSION_TOKEN: 'a\r\nhost: elsewhere' }],
  ])('sends nothing with %s to show', async (_what, environment) => {
    const { server, settings } = await anExtension(answers);
    const vend = extensionVend(settings, { env: environment, clock });

    await expect(vend({ database: 'orders' })).rejects.toMatchObject({
      reason: 'credentials-missing',
    });
    expect(server.seen).toEqual([]);
  });

  it('passes on what the extension says', async () => {
    const { settings } = await anExtension((response) =>
      json(response, 403, { code: 'DENIED', hint: 'choose-user' }),
    );

    await expect(
      extensionVend(settings, { env, clock })({ database: 'orders' }),
    ).rejects.toMatchObject({ reason: 'denied', hint: 'choose-user' });
  });

  it('says that nobody listens', async () => {
    const settings = settingsFor(await aClosedPort());

    await expect(
      extensionVend(settings, { env, clock })({ database: 'orders' }),
    ).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('is given up after the time that the settings leave it', async () => {
    const { url } = await aServer(() => undefined);

    await expect(
      extensionVend(settingsFor(url, 50), { env, clock })({ database: 'orders' }),
    ).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('A29: takes no token for another host than the one beside it', async () => {
    const { settings } = await anExtension((response) => {
      const { database } = anAnswer();
      const elsewhere = { ...database, host: 'elsewhere.example.com' };
      json(response, 200, anAnswer({ database: elsewhere }));
    });

    await expect(
      extensionVend(settings, { env, clock })({ database: 'orders' }),
    ).rejects.toMatchObject({ reason: 'answer-inconsistent' });
  });
});
