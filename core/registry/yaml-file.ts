import { type Document, isMap, LineCounter, type YAMLMap } from 'yaml';
import {
  addEntries,
  type NoteFault,
  noteProperties,
  offsetOf,
  plainKey,
  plainValue,
} from './plain-values.ts';
import type { Problem } from './problem.ts';
import { yamlParts } from './yaml-parts.ts';
import { sentenceOf } from './yaml-sentences.ts';

/** The text of one file, and the name it goes by in messages. */
export interface RegistrySource {
  readonly file: string;
  readonly text: string;
}

export interface YamlFile {
  readonly source: RegistrySource;
  /** The file's content as plain values, unless `problems` made it unreadable. Where it stood is not kept. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Longest file in UTF-16 code units. Ours: twice what 100,000 databases take. */
export const maxFileLength = 50 * 1024 * 1024;

/**
 * Reads one file as YAML 1.2, core schema, without anchors, aliases, merge keys and tags: what is
 * granted must stand where it is read, and an alias bomb has nothing to grow from. Never throws. The value is the
 * same whatever the entries of a part are.
 */
export function readYamlFile(source: RegistrySource, entriesPerPart?: number): YamlFile {
  const lines = new LineCounter();
  const faults = new Map<string, Fault>();
  // A heading is read with each of its parts, and noted once.
  const note: NoteFault = (code, offset) => faults.set(`${code} ${offset}`, { code, offset });
  const sections: Sections = new Map();
  if (source.text.length > maxFileLength) note('TOO_LONG', 0);
  else
    for (const part of yamlParts(source.text, lines, entriesPerPart)) addPart(sections, part, note);
  const value = united(sections, note);
  const found = [...faults.values()].sort((one, other) => one.offset - other.offset);
  const problems = found.map(({ code, offset }) => ({
    severity: 'error' as const,
    file: source.file,
    line: Math.max(1, lines.linePos(offset).line),
    path: '',
    message: sentenceOf(code),
  }));
  const readable = found.every(({ code }) => code === 'DUPLICATE_KEY');
  return { source, problems, value: readable ? value : undefined };
}

interface Fault {
  readonly code: string;
  readonly offset: number;
}

/** By the offset of the heading, of which one may stand twice. */
type Sections = Map<number, { readonly name: string; readonly content: unknown }>;

function addPart(sections: Sections, part: Document.Parsed, note: NoteFault): void {
  for (const { code, pos } of part.errors) note(code, pos[0]);
  // A directive could switch to YAML 1.1, where `no` is false and `0777` is 511.
  if (part.directives.yaml.explicit === true) note('DIRECTIVE', 0);
  const { contents } = part;
  if (isMap(contents)) addSections(sections, contents, note);
  else if (plainValue(contents, note) !== null) note('NOT_A_MAP', 0);
}

/** What one part says of a section, the next may add to. */
function addSections(sections: Sections, contents: YAMLMap, note: NoteFault): void {
  noteProperties(contents, note);
  for (const { key, value } of contents.items) {
    const name = plainKey(key, note);
    const offset = offsetOf(key);
    // A section begins where its part does; what stands before it, at the heading.
    if (isMap(value)) noteProperties(value, (code) => note(code, offset));
    const content = isMap(value)
      ? addEntries(entriesOf(sections.get(offset)?.content), value, note)
      : plainValue(value, note);
    if (name !== undefined) sections.set(offset, { name, content });
  }
}

const entriesOf = (content: unknown): Map<string, unknown> =>
  content instanceof Map ? content : new Map();

function united(sections: Sections, note: NoteFault): Readonly<Record<string, unknown>> {
  const contents = new Map<string, unknown>();
  for (const [offset, { name, content }] of [...sections].sort(([one], [other]) => one - other)) {
    if (contents.has(name)) note('DUPLICATE_KEY', offset);
    else contents.set(name, content instanceof Map ? Object.fromEntries(content) : content);
  }
  return Object.fromEntries(contents);
}
