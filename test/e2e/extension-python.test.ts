import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nightlyCredentials } from '../../local/callers.ts';
import { ordersDatabase } from '../../local/organization.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { aFunction, aLayer } from '../integration/extension-programs/a-function.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

let opt = '';
let removeLayer = (): Promise<void> => Promise.resolve();
let folder = '';
let stack: Stack;

beforeAll(async () => {
  ({ opt, remove: removeLayer } = await aLayer());
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-python-'));
  stack = await startStack({ directory: folder, postgres: true });
  await writeFile(join(folder, 'hosts'), `127.0.0.1 ${ordersDatabase.host}\n`);
});

afterAll(async () => {
  await stack.close();
  await removeLayer();
  await rm(folder, { recursive: true, force: true });
});

it('examples/lambda-python opens a real PostgreSQL through the extension, over verified TLS', async () => {
  const credentials = { ...nightlyCredentials(stack), expiresAt: new Date('2100-01-01') };
  const lambda = await aFunction('token', {
    opt,
    apiUrl: stack.apiUrl,
    credentials,
    runtime: {
      command: path('../../.local/e2e/venv/bin/python3'),
      args: ['-u', path('../../local/lambda/runtime.py')],
    },
    taskDirectory: path('../../examples/lambda-python'),
    function: { handler: 'app.handler' },
    env: {
      EXAMPLE_TARGET: 'orders/orders_batch',
      TOKENVEND_API_REGION: 'eu-west-1',
      PYTHONDONTWRITEBYTECODE: '1',
      LD_PRELOAD: 'libnss_wrapper.so',
      NSS_WRAPPER_HOSTS: join(folder, 'hosts'),
    },
  });

  const { body } = await lambda.invoke();

  expect(JSON.parse(body)).toMatchObject({ user: 'orders_batch' });
  expect(stack.auditRecords.at(-1)).toMatchObject({ outcome: 'vended', user: 'orders_batch' });
});
