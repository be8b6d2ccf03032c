import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';

/** Told of each fault that is found: its code, and its offset in the text. */
export type NoteFault = (code: string, offset: number) => void;

/**
 * The value of a node. What would make it mean something else than what is written there is noted: `ALIAS`,
 * `ANCHOR`, `TAG`, and of its keys `MERGE`, `PROTO`, `DUPLICATE_KEY`.
 */
export function plainValue(node: unknown, note: NoteFault): unknown {
  if (!isNode(node)) return null;
  noteProperties(node, note);
  if (isMap(node)) return Object.fromEntries(addEntries(new Map(), node, note));
  if (isSeq(node)) return node.items.map((item) => plainValue(item, note));
  return isScalar(node) ? node.value : null;
}

/** Adds the entries of a map to those that are there; of a key that stands twice, the first counts. */
export function addEntries(
  entries: Map<string, unknown>,
  map: YAMLMap,
  note: NoteFault,
): Map<string, unknown> {
  for (const pair of map.items) {
    const key = plainKey(pair.key, note);
    const value = plainValue(pair.value, note);
    if (key === undefined) continue;
    if (!entries.has(key)) entries.set(key, value);
    else note('DUPLICATE_KEY', offsetOf(pair.key));
  }
  return entries;
}

/** Undefined where a key is no text, of which the library has its own error. */
export function plainKey(node: unknown, note: NoteFault): string | undefined {
  if (isNode(node)) noteProperties(node, note);
  if (!isScalar(node) || typeof node.value !== 'string') return undefined;
  if (node.value === '<<') note('MERGE', offsetOf(node));
  // A9: as a property name it would set a prototype, and every check would look past it.
  if (node.value === '__proto__') note('PROTO', offsetOf(node));
  return node.value;
}

/** Notes what stands before a node's content, and what stands in its place. */
export function noteProperties(node: Node, note: NoteFault): void {
  if (isAlias(node)) note('ALIAS', offsetOf(node));
  else if (node.anchor !== undefined) note('ANCHOR', offsetOf(node));
  else if (node.tag !== undefined) note('TAG', offsetOf(node));
}

/** Where a node stands in the text. */
export const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
