import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CallerName, identityOf } from './callers.ts';
import type { Stack } from './stack.ts';

/** As a projected service account token: an hour by default, replaced at four fifths of it. */
const lifetimeSeconds = 3600;
const renewAfterMs = lifetimeSeconds * 0.8 * 1000;

const callers: readonly CallerName[] = ['orders-pod', 'billing-pod', 'deployment', 'engineer'];

/**
 * Keeps a file with a valid JWT for each caller in `directory`, replaced whole before it expires, as
 * kubelet does: whoever reads it anew for every request always finds a good one.
 */
export async function keepIdentityFiles(
  stack: Stack,
  directory: string,
): Promise<{ close(): Promise<void> }> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const writeAll = async (): Promise<void> => {
    for (const caller of callers) {
      await replace(join(directory, caller), await identityOf(stack, caller, lifetimeSeconds));
    }
  };
  await writeAll();
  const timer = setInterval(() => {
    writeAll().catch(() => process.stderr.write(`could not renew the files in ${directory}\n`));
  }, renewAfterMs);
  return {
    async close() {
      clearInterval(timer);
    },
  };
}

async function replace(path: string, content: string): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
