import { readFile, writeFile } from 'node:fs/promises';
import type { Stack } from '../../../local/stack.ts';
import type { MachineClock } from './machine-clock.ts';

/** Puts texts of the registry in the place of others, and lets the second pass after which it counts. */
export async function editRegistry(
  { registryFile }: Pick<Stack, 'registryFile'>,
  clock: MachineClock,
  edits: readonly (readonly [before: string, after: string])[],
): Promise<void> {
  let text = await readFile(registryFile, 'utf8');
  for (const [before, after] of edits) {
    if (!text.includes(before)) throw new Error(`the registry holds no ${before}`);
    text = text.replace(before, () => after);
  }
  await writeRegistry({ registryFile }, clock, text);
}

/** Replaces the whole registry. */
export async function writeRegistry(
  { registryFile }: Pick<Stack, 'registryFile'>,
  clock: MachineClock,
  text: string,
): Promise<void> {
  await writeFile(registryFile, text);
  clock.advance(1);
}
