import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { type Finding, formatPath, type Path, type Problem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** A finding with the file and the line that it is about. */
export function placed({ severity, path, message }: Finding, files: readonly YamlFile[]): Problem {
  const { file, line } = locate(path, files);
  return { severity, file, line, path: formatPath(path), message };
}

/** Where something stands; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** The deepest part of the path that stands in a file; what is missing is reported at its parent. */
export function locate(path: Path, files: readonly YamlFile[]): Place {
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
