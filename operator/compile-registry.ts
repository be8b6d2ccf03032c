import { compileDraft, unresolvedIssuers } from '../core/registry/compile.ts';
import { checkRegistry, type LoadedRegistry } from '../core/registry/load.ts';
import { byPlace } from '../core/registry/problem.ts';
import { noProgress, type Progress } from '../core/registry/progress.ts';
import type { DiscoveryDependencies } from './discover-keys.ts';
import { readRegistryFiles } from './read-registry-files.ts';
import { resolveIssuers } from './resolve-issuers.ts';

/**
 * Compiles the registry at a path; issuers without keys are looked up, the others not contacted.
 *
 * @throws OperatorError `path-unreadable`, `path-empty`.
 */
export async function compileRegistry(
  path: string,
  deps: DiscoveryDependencies,
  progress: Progress = noProgress,
): Promise<LoadedRegistry> {
  const checked = checkRegistry(await readRegistryFiles(path), progress);
  if (!checked.ok) return checked;
  const { draft, warnings, place } = checked;
  progress.step('compiling');
  const { jwksUris, findings } = await resolveIssuers(unresolvedIssuers(draft), deps);
  if (findings.length > 0) {
    const problems = [...place(findings), ...warnings].sort(byPlace);
    return { ok: false, problems, isComplete: true };
  }
  return { ok: true, document: compileDraft(draft, { resolvedJwksUris: jwksUris }), warnings };
}
