import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { ledgerDatabase } from '../../local/organization.ts';
import { resolveHere } from '../integration/support/local-names.ts';
import { holdMachineClock, type MachineClock } from '../integration/support/machine-clock.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
} from '../integration/support/test-stack.ts';

silenceFunctions();
let stack: TestStack;
let clock: MachineClock;

beforeAll(async () => {
  stack = await startTestStack({ mariadb: true });
});

afterAll(() => stack.close());

beforeEach(async () => {
  clock = holdMachineClock();
  const file = join(stack.directory, 'pod-identity');
  await writeFile(file, await identityOf(stack, 'orders-pod'));
  vi.stubEnv('TOKENVEND_API_URL', stack.apiUrl);
  vi.stubEnv('TOKENVEND_IDENTITY_TOKEN_FILE', file);
  resolveHere([ledgerDatabase.host]);
  return () => clock.release();
});

describe('the recipe for mysql2', () => {
  it('opens new connections after the token that it began with has died', async () => {
    const recipe = await import('../../examples/node-drivers/mysql2.ts');
    try {
      const first = await recipe.currentUser();

      clock.advance(16 * 60);
      const later = await Promise.all([1, 2, 3].map(() => recipe.currentUser()));

      expect([first, ...later]).toEqual(Array(4).fill('ledger_app@%'));
      expect(stack.auditRecords.map(({ outcome }) => outcome)).toEqual(['vended', 'vended']);
      expect(stack.ledger?.refusals).toEqual([]);
    } finally {
      await recipe.end();
    }
  });
});
