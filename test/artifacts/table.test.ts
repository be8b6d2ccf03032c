import { randomBytes } from 'node:crypto';
import { CreateTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { type LocalDynamodb, startDynamodb } from '../../local/aws/dynamodb.ts';
import { identityOf } from '../../local/callers.ts';
import { publishRegistry } from '../../operator/publish-registry.ts';
import { deploy, get } from '../infra/stack.ts';
import { vend } from '../integration/support/callers.ts';
import { outcomeOf, vendedOf } from '../integration/support/http.ts';
import { silenceFunctions } from '../integration/support/test-stack.ts';
import { type BuiltStack, registryOf, startBuiltStack } from './built-stack.ts';

const parameters = {
  AuditStore: 'table',
  RegistryBackend: 'table',
  PublisherPrincipals: 'arn:aws:iam::999988887777:role/pipeline',
};

/** What `Ref` comes to in test/infra's evaluation of the template. */
const auditTable = 'AuditTable';

silenceFunctions();
let dynamodb: LocalDynamodb;
let stacks: BuiltStack;

beforeAll(async () => {
  dynamodb = await startDynamodb();
  await createAuditTable();
  stacks = await aStack();
  await publishRegistry(await registryOf(stacks.built), {
    table: dynamodb.table,
    clock: () => new Date(),
    ids: () => randomBytes(6).toString('hex'),
    by: 'a test',
  });
});

afterAll(async () => {
  await stacks.close();
  await dynamodb.close();
});

const aStack = (env: Readonly<Record<string, string>> = {}): Promise<BuiltStack> =>
  startBuiltStack({
    parameters,
    env: { ...dynamodb.env, ...env },
    // Grants nothing: whatever is vended, is vended by the table.
    registry: { version: 'packaged', issuers: [], members: [], databases: [] },
  });

const keys = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N']) }),
  ),
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })),
});

/** With the template's keys, under the name that the function is given. */
async function createAuditTable(): Promise<void> {
  const { Properties } = get(deploy(parameters), auditTable);
  const described = { TableName: auditTable, ...keys.parse(Properties) };
  await dynamodb.table.client.send(
    new CreateTableCommand({ ...described, BillingMode: 'PAY_PER_REQUEST' }),
  );
  await vi.waitUntil(async () => (await recorded()) !== undefined);
}

/** What the audit table holds; `undefined` until it is there. */
async function recorded() {
  const scan = new ScanCommand({ TableName: auditTable });
  const answer = await dynamodb.table.client.send(scan).catch(() => undefined);
  return answer?.Items?.map(({ vendId, outcome }) => `${vendId?.S} ${outcome?.S}`);
}

describe('what the build made, with its registry and its audit records in tables', () => {
  it('vends by the published registry, and has kept the record when the token leaves', async () => {
    const { built } = stacks;

    const { id } = vendedOf(await vend(built, await identityOf(built, 'orders-pod')));

    expect(await recorded()).toContain(`${id} vended`);
  });

  it('vends nothing where the record cannot be kept', async () => {
    const { built, functions, close } = await aStack({ TOKENVEND_AUDIT_TABLE: 'gone' });
    onTestFinished(close);
    // Its issuers are others; the registry that is published knows those of the first stack.
    const jwt = await identityOf(stacks.built, 'orders-pod');

    const outcome = outcomeOf(await vend(built, jwt));

    expect(outcome).toBe('503 UPSTREAM_UNAVAILABLE');
    expect(functions.tokens.logs().join('\n')).toContain('AUDIT_UNWRITABLE');
  });
});
