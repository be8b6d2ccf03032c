import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nightlyCredentials } from '../../local/callers.ts';
import { aFunction, aLayer } from './extension-programs/a-function.ts';
import { aTokenApi } from './extension-programs/a-token-api.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
  withDatabase,
} from './support/test-stack.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

let opt = '';
let remove = (): Promise<void> => Promise.resolve();
let stack: TestStack;

beforeAll(async () => {
  silenceFunctions();
  ({ opt, remove } = await aLayer());
  stack = await startTestStack(withDatabase);
});

afterAll(async () => {
  await stack.close();
  await remove();
});

describe('examples/lambda-node', () => {
  it('opens the database over verified TLS, through gateway, STS and extension', async () => {
    const credentials = { ...nightlyCredentials(stack), expiresAt: new Date('2100-01-01') };
    const lambda = await aFunction('token', {
      opt,
      apiUrl: stack.apiUrl,
      credentials,
      env: {
        EXAMPLE_TARGET: 'orders/orders_batch',
        TOKENVEND_API_REGION: 'eu-west-1',
        NODE_OPTIONS: `--require ${JSON.stringify(path('./extension-programs/rds-names.cjs'))}`,
      },
      taskDirectory: path('../../examples/lambda-node'),
      function: { handler: 'index.handler' },
    });

    const { body } = await lambda.invoke();

    expect(JSON.parse(body)).toMatchObject({ user: 'orders_batch' });
    expect(stack.auditRecords.at(-1)).toMatchObject({
      outcome: 'vended',
      caller: { kind: 'iam', principal: 'role/payments-nightly' },
      user: 'orders_batch',
    });
  });
});

describe('examples/lambda-python', () => {
  const runtime = {
    command: 'python3',
    args: ['-u', path('../../local/lambda/runtime.py')],
  };
  const env = {
    EXAMPLE_FOLDER: path('../../examples/lambda-python'),
    PYTHONDONTWRITEBYTECODE: '1',
    // Must not be asked for anything on this machine.
    HTTP_PROXY: 'http://127.0.0.1:9',
    http_proxy: 'http://127.0.0.1:9',
  };
  const options = { runtime, env, function: { handler: 'python_probe.handler' } };

  it('has all that a driver needs from the standard library and the extension', async () => {
    const api = await aTokenApi();
    const lambda = await aFunction('token', { opt, apiUrl: api.url, ...options });

    const { body } = await lambda.invoke();

    const { user, roots, verifies } = JSON.parse(body);
    expect({ user, verifies }).toEqual({ user: 'orders_app', verifies: true });
    expect(roots).toBeGreaterThan(0);
  });

  it('says by code and request id why there is no token', async () => {
    const api = await aTokenApi();
    api.behave({ status: 403, body: '{"code":"DENIED"}' });
    const lambda = await aFunction('token', { opt, apiUrl: api.url, ...options });

    const { body } = await lambda.invoke();

    expect(JSON.parse(body)).toEqual({
      refused: expect.stringMatching(/^tokenvend: DENIED, request [0-9a-f-]{36}$/),
    });
  });
});
