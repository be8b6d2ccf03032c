import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chosenRegistry } from '../../adapters/chosen-registry.ts';
import { run } from '../../clients/cli/main.ts';
import { type LocalDynamodb, startDynamodb } from '../../local/aws/dynamodb.ts';
import { region } from '../../local/organization.ts';
import { aLog, someCounters } from '../builders/ports.ts';
import { vendAs } from './support/callers.ts';
import { outcomeOf } from './support/http.ts';
import { holdMachineClock } from './support/machine-clock.ts';
import {
  lastRecord,
  silenceFunctions,
  startTestStack,
  type TestStack,
} from './support/test-stack.ts';

const clock = holdMachineClock();
let dynamodb: LocalDynamodb;
let stack: TestStack;
let folder: string;

beforeAll(async () => {
  silenceFunctions();
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-test-'));
  dynamodb = await startDynamodb();
  stack = await startTestStack({ registry: aFunctionsRegistry() });
});

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
});

afterAll(async () => {
  await stack.close();
  await dynamodb.close();
  await rm(folder, { recursive: true });
  clock.release();
});

/** The registry as a function opens it, from its environment. */
function aFunctionsRegistry() {
  const { TOKENVEND_REGISTRY_TABLE: registryTable } = dynamodb.env;
  const env = {
    ...dynamodb.env,
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  return chosenRegistry(
    { registryTable, registryRegion: region },
    { env, clock: () => new Date(), log: aLog(), counters: someCounters() },
  );
}

/** `tokenvend registry …`; returns what it prints, and fails where the command does. */
async function registry(...args: readonly string[]): Promise<string> {
  const written = { out: '', err: '' };
  const code = await run(['registry', ...args], {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    env: { ...dynamodb.env, AWS_REGION: region, AWS_ENDPOINT_URL_STS: stack.sts.url },
  });
  if (code !== 0) throw new Error(written.err);
  return written.out.trim();
}

/** What the pods of orders are answered once the functions have looked at the pointer again. */
async function vended(): Promise<string> {
  clock.advance(10);
  return outcomeOf(await vendAs(stack, 'orders-pod'));
}

describe('the registry in DynamoDB, from the operator to the caller', () => {
  it('validates, tests, plans, publishes, vends, suspends, refuses, resumes and rolls back', async () => {
    const { registryFile } = stack;
    const before = await vended();
    const empty = await anEmptyRegistry();
    await registry('validate', registryFile);
    const tested = await registry('test', await withFixture(registryFile));
    const planned = await registry('plan', empty, registryFile);
    const first = await registry('publish', registryFile);
    const published = await vended();
    await registry('publish', empty);
    const withdrawn = await vended();
    await registry('rollback');
    const rolledBack = await vended();

    const remains = await registry('suspend', 'team/payments', '--reason', 'a drill');
    const suspended = await vended();
    const { reason } = lastRecord(stack);
    await registry('publish', empty);
    await registry('rollback');
    const stillSuspended = await vended();
    await registry('resume', 'team/payments', '--reason', 'it was a drill');

    expect(before).toBe('503 UPSTREAM_UNAVAILABLE');
    expect(tested).toContain('the API pods open orders');
    expect(planned).toMatch(/system:serviceaccount:payments:api.*dbuser:.*orders_app/s);
    expect([published, withdrawn, rolledBack]).toEqual(['200', '401 UNAUTHENTICATED', '200']);
    expect([suspended, reason, stillSuspended]).toEqual(['403 DENIED', 'suspended', '403 DENIED']);
    expect(remains).toContain('rds-db:connect');
    expect(await vended()).toBe('200');
    expect(lastRecord(stack).registryVersion).toBe(first);
  });
});

/** The registry, with a test of its own beside it. */
async function withFixture(registryFile: string): Promise<string> {
  const place = join(folder, 'tested');
  await mkdir(place);
  await copyFile(registryFile, join(place, 'registry.yaml'));
  const expectation = {
    name: 'the API pods open orders',
    identity: { issuer: 'prod-cluster', subject: 'system:serviceaccount:payments:api' },
    request: { database: 'orders' },
    expect: { team: 'payments', user: 'orders_app' },
  };
  const fixture = JSON.stringify({ version: 1, tests: [expectation] });
  await writeFile(join(place, 'access.test.yaml'), fixture);
  return place;
}

/** A registry that knows nobody. */
async function anEmptyRegistry(): Promise<string> {
  const file = join(folder, 'registry.yaml');
  await writeFile(file, 'version: 1\nissuers: {}\nteams: {}\ndatabases: {}\n');
  return file;
}
