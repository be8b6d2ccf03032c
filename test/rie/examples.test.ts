import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { nightlyCredentials } from '../../local/callers.ts';
import { freePort } from '../../local/free-port.ts';
import { ordersDatabase } from '../../local/organization.ts';
import { runningParts } from '../../local/running-parts.ts';
import { aLayer } from '../integration/extension-programs/a-function.ts';
import {
  lastRecord,
  silenceFunctions,
  startTestStack,
  type TestStack,
  withDatabase,
} from '../integration/support/test-stack.ts';
import { type RieLambda, startUnderRie } from './rie-lambda.ts';
import { rieProgram } from './rie-program.ts';

const inCheckout = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));

const parts = runningParts();
let rie = '';
let opt = '';
let stack: TestStack;

beforeAll(async () => {
  silenceFunctions();
  rie = await rieProgram();
  const layer = await aLayer();
  ({ opt } = layer);
  await parts.add(Promise.resolve({ close: () => layer.remove() }));
  stack = await parts.add(startTestStack(withDatabase));
});
afterAll(() => parts.close());

interface Example {
  readonly folder: string;
  readonly handler: string;
  /** A program and its arguments. */
  readonly runtime: { readonly command: string; readonly args: readonly string[] };
}

const examples: readonly Example[] = [
  {
    folder: 'examples/lambda-node',
    handler: 'index.handler',
    runtime: { command: process.execPath, args: [inCheckout('local/lambda/runtime.ts')] },
  },
  {
    folder: 'examples/lambda-python',
    handler: 'app.handler',
    runtime: {
      command: inCheckout('.local/venv/bin/python3'),
      args: ['-u', inCheckout('local/lambda/runtime.py')],
    },
  },
];

/** The example beside the layer, as docs/lambda.md sets it up; the database's name leads to this machine. */
async function started({ folder, handler, runtime }: Example): Promise<RieLambda> {
  const own = await mkdtemp(join(tmpdir(), 'tokenvend-rie-'));
  onTestFinished(() => rm(own, { recursive: true, force: true }));
  const temporary = join(own, 'tmp');
  await mkdir(temporary);
  const hostsFile = join(own, 'hosts');
  await writeFile(hostsFile, `127.0.0.1 localhost ${ordersDatabase.host}\n`);
  const lambda = await startUnderRie(rie, {
    extensionsDirectory: join(opt, 'extensions'),
    hostsFile,
    runtime,
    taskDirectory: inCheckout(folder),
    function: { handler },
    functionTimeoutMs: 30_000,
    credentials: { ...nightlyCredentials(stack), expiresAt: new Date('2100-01-01T00:00:00Z') },
    env: {
      // The launcher takes the first Node that it finds.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      TMPDIR: temporary,
      TOKENVEND_API_URL: stack.apiUrl,
      TOKENVEND_API_REGION: 'eu-west-1',
      TOKENVEND_PORT: String(await freePort()),
      EXAMPLE_TARGET: 'orders/orders_batch',
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  onTestFinished(() => lambda.close());
  return lambda;
}

it.each(examples)('$folder opens the database beside the built layer', async (example) => {
  const before = stack.auditRecords.length;
  const lambda = await started(example);

  const { status, body } = await lambda.invoke();

  expect({ status, body }).toMatchObject({ status: 200, body: expect.stringContaining('"user"') });
  expect(JSON.parse(body)).toMatchObject({ user: 'orders_batch' });
  expect(stack.auditRecords).toHaveLength(before + 1);
  expect(lastRecord(stack)).toMatchObject({
    outcome: 'vended',
    caller: { kind: 'iam', principal: 'role/payments-nightly' },
    user: 'orders_batch',
  });
});
