import { linesIn } from './lines-in.ts';
import { type Finding, formatPath, type Path, type Problem } from './problem.ts';
import type { RegistrySource } from './yaml-file.ts';

/** A path whose place in one file is asked for. */
export interface Sought {
  readonly source: RegistrySource;
  readonly path: Path;
}

/** Where something stands; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * Adds the place of the deepest part of each path that stands in its file; what is missing is reported at
 * its parent. Reads each file once more, however many of its paths are asked for.
 */
export function locate<T extends Sought>(sought: readonly T[]): readonly (T & Place)[] {
  const lines = new Map<Sought, number>();
  for (const [source, group] of bySource(sought)) {
    const found = linesIn(
      source,
      group.map(({ path }) => path),
    );
    for (const [at, one] of group.entries()) lines.set(one, found[at] ?? 1);
  }
  return sought.map((one) => ({ ...one, file: one.source.file, line: lines.get(one) ?? 1 }));
}

/** Findings with the file and the line that they are about; the file of each is for `sourceOf` to say. */
export function placed(
  findings: readonly Finding[],
  sourceOf: (path: Path) => RegistrySource,
): Problem[] {
  const sought = findings.map((finding) => ({ ...finding, source: sourceOf(finding.path) }));
  return locate(sought).map(({ severity, file, line, path, message }) => ({
    severity,
    file,
    line,
    path: formatPath(path),
    message,
  }));
}

function bySource(sought: readonly Sought[]): ReadonlyMap<RegistrySource, readonly Sought[]> {
  const groups = new Map<RegistrySource, Sought[]>();
  for (const one of sought) {
    const group = groups.get(one.source);
    if (group === undefined) groups.set(one.source, [one]);
    else group.push(one);
  }
  return groups;
}
