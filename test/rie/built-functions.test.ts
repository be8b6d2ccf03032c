import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf, nightlyCredentials } from '../../local/callers.ts';
import type { StartFunction } from '../artifacts/built-function.ts';
import { type BuiltStack, startBuiltStack } from '../artifacts/built-stack.ts';
import { vend, vendSigned } from '../integration/support/callers.ts';
import { outcomeOf, vendedOf } from '../integration/support/http.ts';
import { silenceFunctions } from '../integration/support/test-stack.ts';
import { objectIn } from './api-client.ts';
import { startUnderRie } from './rie-lambda.ts';
import { rieProgram } from './rie-program.ts';

silenceFunctions();
let stacks: BuiltStack;

beforeAll(async () => {
  stacks = await startBuiltStack({ start: underRie(await rieProgram()) });
});
afterAll(() => stacks.close());

/** It answers 200 to what a function throws, and says so in the body alone. */
function underRie(path: string): StartFunction {
  return async (options) => {
    const rie = await startUnderRie(path, options);
    const invoke: Awaited<ReturnType<StartFunction>>['invoke'] = async (event) => {
      const { body } = await rie.invoke(event);
      const isError = objectIn(body)?.errorType !== undefined;
      return { body, functionError: isError ? 'Unhandled' : undefined };
    };
    return { ...rie, invoke };
  };
}

describe('what the build made, under the Runtime Interface Emulator', () => {
  it('vends a token to a pod, in a session that the local STS has issued for it', async () => {
    const { built, functions } = stacks;
    const before = built.sts.calls.count();

    const vended = vendedOf(await vend(built, await identityOf(built, 'orders-pod')));

    expect(vended).toMatchObject({ team: 'payments', user: 'orders_app' });
    expect(built.sts.calls.count() - before).toBe(1);
    const logged = functions.tokens.logs().join('\n');
    expect(logged).toContain(vended.id);
    // Written by the RIE alone.
    expect(logged).toContain('START RequestId: ');
  });

  it('vends a token to a signed request', async () => {
    const { built } = stacks;

    const vended = vendedOf(await vendSigned(built, nightlyCredentials(built)));

    expect(vended).toMatchObject({ user: 'orders_batch' });
  });

  it('refuses what is no JWT', async () => {
    const { built } = stacks;

    const outcome = outcomeOf(await vend(built, 'not-a-jwt'));

    expect(outcome).toBe('401 UNAUTHENTICATED');
  });
});
