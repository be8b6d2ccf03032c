import { isMap, isScalar, isSeq, LineCounter, type YAMLMap, type YAMLSeq } from 'yaml';
import { offsetOf } from './plain-values.ts';
import type { Path } from './problem.ts';
import type { RegistrySource } from './yaml-file.ts';
import { yamlParts } from './yaml-parts.ts';

/**
 * The line of each path, counted from 1: where the deepest part of it stands, or the first line where none
 * does. Reads the text again: of most files no line is asked for, and all lines would take more room than all values.
 */
export function linesIn({ text }: RegistrySource, paths: readonly Path[]): readonly number[] {
  const lines = new LineCounter();
  const search = { byEntry: byEntry(paths), headings: new Map(), offsets: new Map() };
  for (const part of yamlParts(text, lines)) lookIn(part.contents, search);
  return paths.map((path) => {
    const offset = search.offsets.get(path) ?? search.headings.get(path[0]) ?? 0;
    return lines.linePos(offset).line;
  });
}

type Step = Path[number];

interface Search {
  readonly byEntry: ReadonlyMap<string, readonly Path[]>;
  /** Where each section begins. */
  readonly headings: Map<Step | undefined, number>;
  /** Where each path leads, of those whose entry has been met. */
  readonly offsets: Map<Path, number>;
}

/** Looks at each entry once: there may be as many paths as there are entries. */
function lookIn(top: unknown, { byEntry, headings, offsets }: Search): void {
  for (const section of childrenOf(top).values()) {
    keepFirst(headings, section.step, section.offset);
    for (const entry of childrenOf(section.node).values()) {
      const paths = byEntry.get(entryKey([section.step, entry.step])) ?? [];
      for (const path of paths) keepFirst(offsets, path, deepest(entry, path.slice(2)));
    }
  }
}

/** The first in the text, whose value counts: the last part may begin before all others. */
function keepFirst<T>(offsets: Map<T, number>, key: T, offset: number): void {
  offsets.set(key, Math.min(offset, offsets.get(key) ?? offset));
}

function byEntry(paths: readonly Path[]): ReadonlyMap<string, readonly Path[]> {
  const groups = new Map<string, Path[]>();
  for (const path of paths) {
    const group = groups.get(entryKey(path));
    if (group === undefined) groups.set(entryKey(path), [path]);
    else group.push(path);
  }
  return groups;
}

/** An entry is a section's: two steps from the top. */
const entryKey = (path: Path): string => JSON.stringify(path.slice(0, 2));

interface Child {
  readonly step: Step;
  readonly node: unknown;
  /** Where it begins: of an entry of a map, its key. */
  readonly offset: number;
}

function deepest(from: Child, path: Path): number {
  let reached = from;
  for (const step of path) {
    const next = childrenOf(reached.node).get(step);
    if (next === undefined) break;
    reached = next;
  }
  return reached.offset;
}

const known = new WeakMap<object, ReadonlyMap<Step, Child>>();

/** By key, the first where one stands twice, or by index. Made once: a team may have many members. */
function childrenOf(node: unknown): ReadonlyMap<Step, Child> {
  if (!isMap(node) && !isSeq(node)) return new Map();
  const before = known.get(node);
  if (before !== undefined) return before;
  const children = new Map<Step, Child>();
  for (const child of isMap(node) ? entriesOf(node) : itemsOf(node)) {
    if (!children.has(child.step)) children.set(child.step, child);
  }
  known.set(node, children);
  return children;
}

const entriesOf = ({ items }: YAMLMap): Child[] =>
  items.flatMap(({ key, value }) =>
    isScalar(key) && typeof key.value === 'string'
      ? [{ step: key.value, node: value, offset: offsetOf(key) }]
      : [],
  );

const itemsOf = ({ items }: YAMLSeq): Child[] =>
  items.map((item, step) => ({ step, node: item, offset: offsetOf(item) }));
