import { checkDraft } from './check/check-draft.ts';
import {
  type CompileOptions,
  compileDraft,
  unresolvedFinding,
  unresolvedIssuers,
} from './compile.ts';
import type { RegistryDraft } from './draft.ts';
import type { RegistryDocument } from './model.ts';
import { parseRegistry } from './parse.ts';
import { byPlace, type Finding, type Problem } from './problem.ts';
import { noProgress, type Progress } from './progress.ts';
import { shapeRegistry } from './shape.ts';
import type { RegistrySource } from './yaml-file.ts';

export type CheckedRegistry =
  | {
      readonly ok: true;
      readonly draft: RegistryDraft;
      readonly warnings: readonly Problem[];
      /** Places further findings about the draft in its files. */
      readonly place: (findings: readonly Finding[]) => Problem[];
    }
  | Refused;

export type LoadedRegistry =
  | {
      readonly ok: true;
      readonly document: RegistryDocument;
      readonly warnings: readonly Problem[];
    }
  | Refused;

interface Refused {
  readonly ok: false;
  /** Errors, and the warnings found beside them. */
  readonly problems: readonly Problem[];
  /** False where something could not be read, or has a wrong shape: more may show once it is corrected. */
  readonly isComplete: boolean;
}

/** Parses, checks and compiles a registry. All that can be told at once is reported at once; never throws. */
export function loadRegistry(
  sources: readonly RegistrySource[],
  options: CompileOptions = {},
): LoadedRegistry {
  const checked = checkRegistry(sources);
  if (!checked.ok) return checked;
  const { draft, warnings, place } = checked;
  const unresolved = unresolvedIssuers(draft, options.resolvedJwksUris);
  if (unresolved.length > 0) {
    const problems = [...place(unresolved.map(unresolvedFinding)), ...warnings];
    return { ok: false, problems: problems.sort(byPlace), isComplete: true };
  }
  return { ok: true, document: compileDraft(draft, options), warnings };
}

/** All that can be said about the files without a network. */
export function checkRegistry(
  sources: readonly RegistrySource[],
  progress: Progress = noProgress,
): CheckedRegistry {
  const { value, readable, problems: unread, place } = parseRegistry(sources, progress);
  // Half a registry would only add complaints about the half that is missing.
  if (!readable) return { ok: false, problems: [...unread].sort(byPlace), isComplete: false };
  progress.step('checking what the files mean');
  const { draft, findings } = shapeRegistry(value);
  const found = place([...findings, ...(draft === undefined ? [] : checkDraft(draft))]);
  const problems = [...unread, ...found].sort(byPlace);
  const isSound = draft !== undefined && problems.every(({ severity }) => severity === 'warning');
  if (isSound) return { ok: true, draft, warnings: problems, place };
  return { ok: false, problems, isComplete: unread.length === 0 && findings.length === 0 };
}
