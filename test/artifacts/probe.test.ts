import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { roleArns } from '../../local/organization.ts';
import { silenceFunctions } from '../integration/support/test-stack.ts';
import { startBuilt } from './built-function.ts';
import { type BuiltStack, credentialsOf, startBuiltStack } from './built-stack.ts';

silenceFunctions();
let stacks: BuiltStack;

beforeAll(async () => {
  stacks = await startBuiltStack();
});
afterAll(() => stacks.close());

const figures = z.looseObject({
  ProbeAllowed: z.number(),
  ProbeDenied: z.number(),
  CaDaysLeft: z.number(),
});

/** What the built probe reports of the built API, in its only run. */
async function probed(ProbeTarget: string, ProbeDeniedTarget: string) {
  const { built } = stacks;
  const probe = await startBuilt('probe', {
    parameters: { ProbeTarget, ProbeDeniedTarget },
    credentials: credentialsOf(built, roleArns.nightly),
    env: { TOKENVEND_API_URL: built.apiUrl },
  });
  onTestFinished(() => probe.close());
  await probe.invoke({});
  const line = probe.logs().findLast((one) => one.includes('"ProbeAllowed":'));
  return figures.parse(JSON.parse(line ?? 'null'));
}

describe('the probe that the build made, against the API that it made', () => {
  it('is given what it is granted, and refused what it is not', async () => {
    const reported = await probed('orders/orders_batch', 'orders/orders_app');

    expect(reported).toMatchObject({ ProbeAllowed: 1, ProbeDenied: 1 });
    expect(reported.CaDaysLeft).toBeGreaterThan(0);
  });

  it('reports a grant that is missing, and one that should be', async () => {
    const reported = await probed('orders/orders_app', 'orders/orders_batch');

    expect(reported).toMatchObject({ ProbeAllowed: 0, ProbeDenied: 0 });
  });
});
