import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import type { RegistryDocument } from '../core/registry/model.ts';
import { OperatorError } from './operator-error.ts';

/**
 * Writes a compiled registry as JSON. Whoever reads the file meanwhile finds the old one or the new
 * one, never a part.
 *
 * @throws OperatorError `output-unwritable`.
 */
export async function writeDocument(document: RegistryDocument, path: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(draft, `${JSON.stringify(document, undefined, 2)}\n`, { flag: 'wx' });
    await rename(draft, path);
  } catch {
    await rm(draft, { force: true });
    throw new OperatorError('output-unwritable', `${path} cannot be written.`);
  }
}
