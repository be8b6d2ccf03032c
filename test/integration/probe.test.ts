import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runChecks } from '../../functions/probe/checks.ts';
import { probeDependencies } from '../../functions/probe/wire.ts';
import { nightlyCredentials } from '../../local/callers.ts';
import { region } from '../../local/organization.ts';
import {
  lastRecord,
  silenceFunctions,
  startTestStack,
  type TestStack,
} from './support/test-stack.ts';

let stack: TestStack;

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack();
});
afterAll(() => stack.close());

/** The probe as Lambda would start it, in the role of the organization's nightly job. */
function aProbe(changes: Readonly<Record<string, string>> = {}) {
  const credentials = nightlyCredentials(stack);
  return probeDependencies({
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    TOKENVEND_API_URL: stack.apiUrl,
    TOKENVEND_CERTIFICATES: join(stack.directory, 'certificates'),
    TOKENVEND_PROBE_ALLOWED: 'orders/orders_batch',
    TOKENVEND_PROBE_DENIED: 'orders/orders_app',
    TOKENVEND_VERSION: '0.1.0',
    ...changes,
  });
}

describe('the probe against the running stack', () => {
  test('is given what it is granted, and refused what it is not', async () => {
    const findings = await runChecks(aProbe());

    expect(findings).toMatchObject({ allowed: 'vended', denied: 'denied' });
    expect(findings.caDaysLeft).toBeGreaterThan(0);
  });

  test('asks as its own role, and says what it is', async () => {
    await runChecks(aProbe());

    expect(lastRecord(stack)).toMatchObject({
      outcome: 'denied',
      caller: { kind: 'iam', principal: expect.stringContaining('payments-nightly') },
    });
    expect(lastRecord(stack).userAgent).toBe('tokenvend/0.1.0 (probe)');
  });

  test('sees a grant that is missing, and one that should be', async () => {
    const swapped = aProbe({
      TOKENVEND_PROBE_ALLOWED: 'orders/orders_app',
      TOKENVEND_PROBE_DENIED: 'orders/orders_batch',
    });

    expect(await runChecks(swapped)).toMatchObject({ allowed: 'denied', denied: 'vended' });
  });

  test('sees an API that is gone', async () => {
    const probe = aProbe({ TOKENVEND_API_URL: 'http://127.0.0.1:9' });

    expect(await runChecks(probe)).toMatchObject({
      allowed: 'failed:unreachable',
      denied: 'failed:unreachable',
    });
  });

  test('sees a CA bundle that holds nothing', async () => {
    const directory = join(stack.directory, 'certificates');
    const index = JSON.stringify({
      bundles: { [region]: { sha256: createHash('sha256').update('').digest('hex') } },
    });
    writeFileSync(join(directory, `${region}.pem`), '');
    writeFileSync(join(directory, 'index.json'), index);

    expect((await runChecks(aProbe())).caDaysLeft).toBeLessThan(0);
  });
});
