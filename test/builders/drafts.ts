import { checkDraft } from '../../core/registry/check/check-draft.ts';
import type { RegistryDraft } from '../../core/registry/draft.ts';
import { type Finding, formatPath } from '../../core/registry/problem.ts';
import { shapeRegistry } from '../../core/registry/shape.ts';
import { aRegistryValue } from './registry-files.ts';

type Changes = Parameters<typeof aRegistryValue>[0];

/** The small sound registry with changes laid over it, without the YAML: a tenth of the time. */
export function aDraft(changes: Changes = {}): RegistryDraft {
  const { draft } = shapeRegistry(aRegistryValue(changes));
  if (draft === undefined) throw new Error('a section of this registry cannot be read');
  return draft;
}

/** Severity and place of all that is found, in no order of lines: such as `error teams.payments`. */
export function findingsWith(changes: Changes): string[] {
  return allFindings(changes).map(({ severity, path }) => `${severity} ${formatPath(path)}`);
}

/** What is said of all that is found. */
export const adviceWith = (changes: Changes): string[] =>
  allFindings(changes).map(({ message }) => message);

function allFindings(changes: Changes): Finding[] {
  const { findings, draft } = shapeRegistry(aRegistryValue(changes));
  return [...findings, ...(draft === undefined ? [] : checkDraft(draft))];
}
