import { readFile } from 'node:fs/promises';
import { compileDraft, unresolvedIssuers } from '../core/registry/compile.ts';
import { parseDocument } from '../core/registry/document.ts';
import { checkRegistry, type LoadedRegistry } from '../core/registry/load.ts';
import { noProgress, type Progress } from '../core/registry/progress.ts';
import { OperatorError } from './operator-error.ts';
import { readRegistryFiles } from './read-registry-files.ts';

/** Stands for the key address of an issuer that leaves it to discovery; nothing answers there. */
export const undiscoveredKeys = 'https://discovered-when-compiled.invalid/keys';

/**
 * The meaning of the registry at a path: YAML files, or a compiled one (`.json`). Contacts nobody: an
 * issuer without keys gets {@link undiscoveredKeys}, so the document is for reading, not for use.
 *
 * @throws OperatorError `path-unreadable`, `path-empty`.
 */
export async function readRegistry(
  path: string,
  progress: Progress = noProgress,
): Promise<LoadedRegistry> {
  if (path.endsWith('.json')) return { ok: true, document: await compiled(path), warnings: [] };
  const checked = checkRegistry(await readRegistryFiles(path), progress);
  if (!checked.ok) return checked;
  progress.step('compiling');
  const { draft, warnings } = checked;
  const names = unresolvedIssuers(draft).map(({ name }) => name);
  const resolvedJwksUris = new Map(names.map((name) => [name, undiscoveredKeys]));
  return { ok: true, document: compileDraft(draft, { resolvedJwksUris }), warnings };
}

async function compiled(path: string) {
  try {
    return parseDocument(await readFile(path, 'utf8'));
  } catch {
    throw new OperatorError('path-unreadable', `${path} is no compiled registry that can be read.`);
  }
}
