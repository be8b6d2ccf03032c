import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { identityOf, nightlyCredentials } from '../../local/callers.ts';
import { vend, vendSigned } from '../integration/support/callers.ts';
import { outcomeOf, vendedOf } from '../integration/support/http.ts';
import { silenceFunctions } from '../integration/support/test-stack.ts';
import type { BuiltFunction } from './built-function.ts';
import { type BuiltStack, startBuiltStack } from './built-stack.ts';

silenceFunctions();
let stacks: BuiltStack;

beforeAll(async () => {
  stacks = await startBuiltStack();
});
afterAll(() => stacks.close());

const record = z.looseObject({ audit: z.literal('vend'), outcome: z.string() });

/** The newest audit record on a function's standard output. */
function lastRecordOf(built: BuiltFunction) {
  const line = built.logs().findLast((one) => one.includes('"audit":"vend"'));
  return record.parse(JSON.parse(line ?? 'null'));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a vend by what the build made', () => {
  it('is on record with the hash of the token, for a pod', async () => {
    const { built, functions } = stacks;

    const { id, token, expiresAt } = vendedOf(
      await vend(built, await identityOf(built, 'orders-pod')),
    );

    expect(lastRecordOf(functions.tokens)).toMatchObject({
      outcome: 'vended',
      vendId: id,
      tokenSha256: sha256(token),
      expiresAt: expiresAt.toISOString(),
      member: 'api-pods',
      user: 'orders_app',
    });
  });

  it('is on record with the role, for a signed request', async () => {
    const { built, functions } = stacks;

    const { id } = vendedOf(await vendSigned(built, nightlyCredentials(built)));

    expect(lastRecordOf(functions.tokens)).toMatchObject({
      vendId: id,
      caller: { kind: 'iam', principal: 'role/payments-nightly' },
      user: 'orders_batch',
    });
  });

  it('asks STS once for a caller who asks three times', async () => {
    const { built } = stacks;
    const jwt = await identityOf(built, 'engineer');
    const before = built.sts.calls.count();

    for (let asked = 0; asked < 3; asked++) vendedOf(await vend(built, jwt));

    expect(built.sts.calls.count() - before).toBe(1);
  });

  it('that was refused for its JWT is on record with the authorizer', async () => {
    const { built, functions } = stacks;

    const outcome = outcomeOf(await vend(built, 'not-a-jwt'));

    expect(outcome).toBe('401 UNAUTHENTICATED');
    expect(lastRecordOf(functions.authorizer)).toMatchObject({ outcome: 'unauthenticated' });
  });

  it('leaves neither token nor JWT in any log', async () => {
    const { built, functions } = stacks;
    const jwt = await identityOf(built, 'orders-pod');

    const { token } = vendedOf(await vend(built, jwt, { database: 'orders', fresh: true }));

    const logged = Object.values(functions)
      .flatMap((one) => one.logs())
      .join('\n');
    const signature = new URL(`https://${token}`).searchParams.get('X-Amz-Signature') ?? 'none';
    expect(logged).toContain(sha256(token));
    expect(logged).not.toContain(signature);
    expect(logged).not.toContain(jwt.split('.').at(-1));
  });
});
