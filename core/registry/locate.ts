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
 * The deepest part of each path that stands in its file; what is missing is reported at its parent. Reads
 * each file once more, however many of its paths are asked for.
 */
export function locate(sought: readonly Sought[]): readonly Place[] {
  const places = new Map<Sought, Place>();
  for (const [source, group] of bySource(sought)) {
    const lines = linesIn(
      source,
      group.map(({ path }) => path),
    );
    for (const [at, one] of group.entries()) {
      places.set(one, { file: source.file, line: lines[at] ?? 1 });
    }
  }
  return sought.map((one) => places.get(one) ?? { file: one.source.file, line: 1 });
}

/** Findings with the file and the line that they are about; the file of each is for `sourceOf` to say. */
export function placed(
  findings: readonly Finding[],
  sourceOf: (path: Path) => RegistrySource,
): Problem[] {
  const places = locate(findings.map(({ path }) => ({ source: sourceOf(path), path })));
  return findings.map(({ severity, path, message }, at) => ({
    severity,
    ...(places[at] ?? { file: '', line: 1 }),
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
