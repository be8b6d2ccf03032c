import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiClient } from '../../clients/api-client/api-client.ts';
import { createTokenSource } from '../../clients/node/token-source.ts';
import { holdPort } from '../../layers/extension/held-port.ts';
import { createLog } from '../../layers/extension/log.ts';
import { createOwnFolder } from '../../layers/extension/own-folder.ts';
import { type Service, startService } from '../../layers/extension/service.ts';
import { nightlyCredentials } from '../../local/callers.ts';
import { region } from '../../local/organization.ts';
import { silenceFunctions, startTestStack, type TestStack } from './support/test-stack.ts';

silenceFunctions();
const clock = () => new Date();
const machine = { clock, monotonicMs: () => performance.now(), random: Math.random };
const target = { database: 'orders', user: 'orders_batch' };
let stack: TestStack;
let service: Service;

beforeAll(async () => {
  stack = await startTestStack();
  const credentials = async () => nightlyCredentials(stack);
  const api = createApiClient({
    urls: [stack.apiUrl],
    auth: { kind: 'iam', credentials, region },
    clock,
    client: { name: 'extension', version: 'test' },
  });
  const folder = createOwnFolder(join(stack.directory, 'extension'));
  const log = createLog({ level: 'ERROR', clock, write: () => undefined });
  const settings = {
    apiUrls: [stack.apiUrl],
    prefetch: [],
    team: undefined,
    minTtlSeconds: 60,
    timeoutMs: 3_000,
  };
  service = startService(
    { ...machine, api, ids: () => randomUUID(), folder, log },
    { settings, port: await holdPort(0), token: 'session-token', isSnapshot: false },
  );
});

afterAll(async () => {
  await service.server.close();
  await stack.close();
});

/** A function with the extension beside it, and credentials that would open nothing by themselves. */
function aFunction(sessionToken = 'session-token') {
  const env = {
    AWS_LAMBDA_FUNCTION_NAME: 'nightly',
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: region,
    TOKENVEND_API_URL: stack.apiUrl,
    TOKENVEND_PORT: String(service.server.port),
  };
  return createTokenSource({}, { ...machine, env });
}

describe('a function beside the extension', () => {
  it('gets its token and the CA from there', async () => {
    const token = await aFunction().get(target);

    expect(token).toMatchObject({ user: 'orders_batch', team: 'payments' });
    expect(token.tls.ca.pem).toContain('BEGIN CERTIFICATE');
  });

  it('shares one token with everything else that the extension serves', async () => {
    const [one, other] = [await aFunction().get(target), await aFunction().get(target)];

    expect(one.id).toBe(other.id);
  });

  it('learns what the API says of a request that nothing grants', async () => {
    await expect(aFunction().get({ database: 'orders', user: 'engineer_1' })).rejects.toMatchObject(
      {
        reason: 'denied',
      },
    );
  });

  it('is refused with another session token, and does not go on by itself', async () => {
    await expect(aFunction('other').get(target)).rejects.toMatchObject({ kind: 'refused' });
  });
});
