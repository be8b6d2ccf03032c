import { noProgress, type Progress } from '../progress.ts';
import { locate, placed } from './locate.ts';
import { byPlace, error, type Finding, formatPath, type Path, type Problem } from './problem.ts';
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
  const files = sources.map((source, at) => {
    progress.count(at, sources.length, 'files read');
    return readYamlFile(source);
  });
  const merged: Sections = new Map();
  const clashes = files.flatMap((file) => mergeFile(merged, file, files));
  return {
    value: Object.fromEntries([...merged].map(([name, section]) => [name, plain(section)])),
    readable: files.every(({ value }) => value !== undefined),
    problems: [...files.flatMap(({ problems }) => problems), ...clashes],
    place: (findings) => findings.map((finding) => placed(finding, files)).sort(byPlace),
  };
}

/**
 * The sections so far; one that is a map grows in place. To copy it for each file would cost a folder of a
 * thousand files the square of its size.
 */
type Sections = Map<string, unknown>;

/** Defines each entry: as an assignment, a name such as `__proto__` would be more than a name (A9). */
const plain = (section: unknown): unknown =>
  section instanceof Map ? Object.fromEntries(section) : section;

function mergeFile(merged: Sections, from: YamlFile, files: readonly YamlFile[]): Problem[] {
  if (!isRecord(from.value)) return [];
  return Object.entries(from.value).flatMap(([section, content]) => {
    if (section === 'version') return mergeVersion(merged, content, from);
    // A heading with nothing below it says nothing.
    if (content === null) return [];
    const before = merged.get(section);
    if (before === undefined) {
      merged.set(section, isRecord(content) ? new Map(Object.entries(content)) : content);
      return [];
    }
    if (!(before instanceof Map) || !isRecord(content)) return [clash([section], from, files)];
    return mergeEntries(before, content).map((name) => clash([section, name], from, files));
  });
}

/** Adds what is new; the names that were there before stay what they were, and are returned. */
function mergeEntries(
  before: Map<unknown, unknown>,
  content: Readonly<Record<string, unknown>>,
): string[] {
  const twice: string[] = [];
  for (const [name, entry] of Object.entries(content)) {
    if (before.has(name)) twice.push(name);
    else before.set(name, entry);
  }
  return twice;
}

/** One of the files must say `version: 1`, and none may say anything else. */
function mergeVersion(merged: Sections, version: unknown, from: YamlFile): Problem[] {
  merged.set('version', 1);
  const findings = version === 1 ? [] : [error(['version'], 'This must be 1.')];
  return findings.map((finding) => placed(finding, [from]));
}

function clash(path: Path, second: YamlFile, files: readonly YamlFile[]): Problem {
  const first = locate(path, files);
  const again = locate(path, [second]);
  const place = `${first.file}:${first.line}`;
  return {
    severity: 'error',
    file: again.file,
    line: again.line,
    path: formatPath(path),
    message: `The name is also defined at ${place}; rename one of the two, or remove it.`,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
