import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../clients/cli/main.ts';
import { identityOf } from '../../../local/callers.ts';
import type { TestStack } from '../../integration/support/test-stack.ts';

/** `tokenvend agent` with these words, in this process: it has to share a clock that is told to move. */
export async function agentHere(
  stack: TestStack,
  words: readonly string[],
): Promise<{ stop(): void }> {
  const identity = join(stack.directory, 'jwt');
  await writeFile(identity, await identityOf(stack, 'orders-pod'));
  const known = process.listeners('SIGTERM');
  void run(['agent', ...words], {
    env: {
      PATH: process.env.PATH,
      TOKENVEND_API_URL: stack.apiUrl,
      TOKENVEND_IDENTITY_TOKEN_FILE: identity,
    },
    err: () => undefined,
  });
  return {
    // A real signal would end the test's process too.
    stop() {
      for (const listener of process.listeners('SIGTERM')) {
        if (!known.includes(listener)) listener('SIGTERM');
      }
    },
  };
}
