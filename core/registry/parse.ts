import { isRecord } from './guards.ts';
import { locate, placed } from './locate.ts';
import { byPlace, error, type Finding, formatPath, type Path, type Problem } from './problem.ts';
import { noProgress, type Progress } from './progress.ts';
import { addFile, type Clash, sourceOf, type Union, unitedValue } from './unite.ts';
import { type RegistrySource, readYamlFile, type YamlFile } from './yaml-file.ts';

/** The files of a registry as one value, whose shape is still to be checked. */
export interface ParsedRegistry {
  readonly value: Readonly<Record<string, unknown>>;
  /** False where a file could not be read as YAML: what else is wrong cannot be known yet. */
  readonly readable: boolean;
  readonly problems: readonly Problem[];
  /** Turns findings into problems with file and line, in the order of the files. */
  place(findings: readonly Finding[]): Problem[];
}

/** Reads and merges the files; the maps of the same name are united. Never throws. */
export function parseRegistry(
  sources: readonly RegistrySource[],
  progress: Progress = noProgress,
): ParsedRegistry {
  const union: Union = new Map();
  const files = sources.map((source, at) => {
    progress.count(at, sources.length, 'files read');
    const file = readYamlFile(source);
    const problems = [...file.problems, ...versionProblems(file)];
    return { problems, readable: file.value !== undefined, clashes: addFile(union, file) };
  });
  const clashes = files.flatMap((file) => file.clashes);
  return {
    value: unitedValue(union),
    readable: files.every(({ readable }) => readable),
    problems: [...files.flatMap(({ problems }) => problems), ...clashProblems(clashes)],
    place: placingIn(sources, union),
  };
}

function placingIn(sources: readonly RegistrySource[], union: Union): ParsedRegistry['place'] {
  const [first = { file: '', text: '' }] = sources;
  const source = (path: Path): RegistrySource => sourceOf(union, path) ?? first;
  return (findings) => placed(findings, source).sort(byPlace);
}

/** One of the files must say `version: 1`, and none may say anything else. */
function versionProblems({ value, source }: YamlFile): Problem[] {
  if (!isRecord(value) || value.version === undefined || value.version === 1) return [];
  return placed([error(['version'], 'This must be 1.')], () => source);
}

function clashProblems(clashes: readonly Clash[]): Problem[] {
  const firsts = locate(clashes.map(({ path, first, again }) => ({ path, again, source: first })));
  const places = locate(
    firsts.map(({ path, again, ...first }) => ({ path, first, source: again })),
  );
  return places.map(({ file, line, path, first }) => ({
    severity: 'error',
    file,
    line,
    path: formatPath(path),
    message: `The name is also defined at ${first.file}:${first.line}; rename one of the two, or remove it.`,
  }));
}
