import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
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
export function parseRegistry(sources: readonly RegistrySource[]): ParsedRegistry {
  const files = sources.map(readYamlFile);
  const merged = new Map<string, unknown>();
  const clashes = files.flatMap((file) => mergeFile(merged, file, files));
  return {
    value: Object.fromEntries(merged),
    readable: files.every(({ value }) => value !== undefined),
    problems: [...files.flatMap(({ problems }) => problems), ...clashes],
    place: (findings) => findings.map((finding) => placed(finding, files)).sort(byPlace),
  };
}

function mergeFile(
  merged: Map<string, unknown>,
  from: YamlFile,
  files: readonly YamlFile[],
): Problem[] {
  if (!isRecord(from.value)) return [];
  return Object.entries(from.value).flatMap(([section, content]) => {
    if (section === 'version') return mergeVersion(merged, content, from);
    // A heading with nothing below it says nothing.
    if (content === null) return [];
    const before = merged.get(section);
    if (before === undefined) merged.set(section, content);
    if (before === undefined) return [];
    if (!isRecord(before) || !isRecord(content)) return [clash([section], from, files)];
    merged.set(section, { ...content, ...before });
    const twice = Object.keys(content).filter((name) => Object.hasOwn(before, name));
    return twice.map((name) => clash([section, name], from, files));
  });
}

/** One of the files must say `version: 1`, and none may say anything else. */
function mergeVersion(merged: Map<string, unknown>, version: unknown, from: YamlFile): Problem[] {
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

function placed({ severity, path, message }: Finding, files: readonly YamlFile[]): Problem {
  const { file, line } = locate(path, files);
  return { severity, file, line, path: formatPath(path), message };
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** The deepest part of the path that stands in a file; what is missing is reported at its parent. */
function locate(path: Path, files: readonly YamlFile[]): Place {
  let best = { depth: -1, file: files[0]?.file ?? '', line: 1 };
  for (const { file, document, lines } of files) {
    const { depth, offset } = descend(document.contents, path);
    if (depth > best.depth) best = { depth, file, line: Math.max(1, lines.linePos(offset).line) };
  }
  return best;
}

function descend(top: unknown, path: Path): { readonly depth: number; readonly offset: number } {
  let node = top;
  let found = { depth: 0, offset: 0 };
  for (const step of path) {
    const next = childOf(node, step);
    if (next === undefined) break;
    found = { depth: found.depth + 1, offset: next.offset };
    node = next.node;
  }
  return found;
}

function childOf(
  node: unknown,
  step: string | number,
): { readonly node: unknown; readonly offset: number } | undefined {
  if (isMap(node)) {
    const pair = pairsOf(node).get(step);
    if (pair === undefined || !isScalar(pair.key)) return undefined;
    return { node: pair.value, offset: pair.key.range?.[0] ?? 0 };
  }
  if (!isSeq(node) || typeof step !== 'number') return undefined;
  const item = node.items[step];
  return isMap(item) || isSeq(item) || isScalar(item)
    ? { node: item, offset: item.range?.[0] ?? 0 }
    : undefined;
}

const pairsByMap = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

/** The pairs of a map by their key, the first where one stands twice; made once for each map. */
function pairsOf(map: YAMLMap): ReadonlyMap<unknown, Pair> {
  const known = pairsByMap.get(map);
  if (known !== undefined) return known;
  const pairs = new Map<unknown, Pair>();
  for (const pair of map.items) {
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    if (!pairs.has(key)) pairs.set(key, pair);
  }
  pairsByMap.set(map, pairs);
  return pairs;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
