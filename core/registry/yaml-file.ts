import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Problem } from './problem.ts';
import { sentenceOf } from './yaml-sentences.ts';

/** The text of one file, and the name it goes by in messages. */
export interface RegistrySource {
  readonly file: string;
  readonly text: string;
}

export interface YamlFile {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  /** The file's content as plain values, unless `problems` made it unreadable. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Longest file in UTF-16 code units. Ours: some 30,000 databases; a larger registry is a folder. */
export const maxFileLength = 10 * 1024 * 1024;

/**
 * Reads one file as YAML 1.2, core schema, without anchors, aliases, merge keys and tags: what is
 * granted must stand where it is read, and an alias bomb has nothing to grow from. Never throws.
 */
export function readYamlFile({ file, text }: RegistrySource): YamlFile {
  const lines = new LineCounter();
  const tooLong = text.length > maxFileLength;
  const document = parseDocument(tooLong ? '' : text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    stringKeys: true,
    // The library compares each key with all others; `repeatedKeys` does it for a hundred thousand.
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  const faults = tooLong ? [{ code: 'TOO_LONG', offset: 0 }] : faultsOf(document);
  const problems = faults.map(({ code, offset }) => ({
    severity: 'error' as const,
    file,
    line: Math.max(1, lines.linePos(offset).line),
    path: '',
    message: sentenceOf(code),
  }));
  const readable = faults.every(({ code }) => code === 'DUPLICATE_KEY');
  return { file, document, lines, problems, value: readable ? document.toJS() : undefined };
}

interface Fault {
  readonly code: string;
  readonly offset: number;
}

function faultsOf(document: Document.Parsed): Fault[] {
  const faults: Fault[] = document.errors.map(({ code, pos }) => ({ code, offset: pos[0] }));
  // A directive could switch to YAML 1.1, where `no` is false and `0777` is 511.
  if (document.directives.yaml.explicit === true) faults.push({ code: 'DIRECTIVE', offset: 0 });
  const check = (node: Node): void => {
    const offset = node.range?.[0] ?? 0;
    if (isAlias(node)) faults.push({ code: 'ALIAS', offset });
    else if (node.anchor !== undefined) faults.push({ code: 'ANCHOR', offset });
    else if (node.tag !== undefined) faults.push({ code: 'TAG', offset });
  };
  visit(document, {
    Node: (_key, node) => check(node),
    // In place of `Node`, which is not called where there is one of these.
    Map: (_key, map) => {
      check(map);
      for (const offset of repeatedKeys(map)) faults.push({ code: 'DUPLICATE_KEY', offset });
    },
    Pair: (_key, { key }) => {
      if (!isScalar(key)) return;
      const offset = key.range?.[0] ?? 0;
      if (key.value === '<<') faults.push({ code: 'MERGE', offset });
      // A9: as a property name it would set a prototype, and every check would look past it.
      if (key.value === '__proto__') faults.push({ code: 'PROTO', offset });
    },
  });
  const { contents } = document;
  const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
  if (!isEmpty && !isMap(contents)) faults.push({ code: 'NOT_A_MAP', offset: 0 });
  return faults;
}

/** Where a key of the map stands that stood there before. */
function repeatedKeys(map: YAMLMap): number[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    if (seen.has(key.value)) return [key.range?.[0] ?? 0];
    seen.add(key.value);
    return [];
  });
}
