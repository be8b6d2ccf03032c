import { isRecord } from './guards.ts';
import type { Path } from './problem.ts';
import type { RegistrySource, YamlFile } from './yaml-file.ts';

/** What the files say together, section by section, and which of them says it. */
export type Union = Map<string, Section>;

interface Section extends Said {
  /**
   * Where the section is a map. They grow in place: to copy them for each file would cost a folder of a
   * thousand files the square of its size.
   */
  readonly entries: Map<string, Said>;
}

interface Said {
  readonly content: unknown;
  readonly source: RegistrySource;
}

/** What two files define; the first counts. */
export interface Clash {
  readonly path: Path;
  readonly first: RegistrySource;
  readonly again: RegistrySource;
}

/** Adds what is new in a file; what was there before stays what it was, and is returned. */
export function addFile(union: Union, { source, value }: YamlFile): Clash[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, content]) => {
    // Each file may say it; one that says another is told so by itself.
    if (name === 'version') union.set(name, { content: 1, source, entries: new Map() });
    // A heading with nothing below it says nothing.
    return name === 'version' || content === null
      ? []
      : addSection(union, name, { content, source });
  });
}

function addSection(union: Union, name: string, { content, source }: Said): Clash[] {
  const before = union.get(name);
  const section = before ?? { content, source, entries: new Map() };
  union.set(name, section);
  if (isRecord(section.content) && isRecord(content)) {
    return addEntries(section.entries, content, source).map((clash) => ({
      ...clash,
      path: [name, ...clash.path],
    }));
  }
  return before === undefined ? [] : [{ path: [name], first: before.source, again: source }];
}

function addEntries(
  entries: Map<string, Said>,
  content: Readonly<Record<string, unknown>>,
  source: RegistrySource,
): Clash[] {
  const clashes: Clash[] = [];
  for (const [name, entry] of Object.entries(content)) {
    const before = entries.get(name);
    if (before === undefined) entries.set(name, { content: entry, source });
    else clashes.push({ path: [name], first: before.source, again: source });
  }
  return clashes;
}

/** One value. Defines each entry: as an assignment, a name such as `__proto__` would be more than a name (A9). */
export const unitedValue = (union: Union): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...union].map(([name, { content, entries }]) => [
      name,
      isRecord(content)
        ? Object.fromEntries([...entries].map(([entry, said]) => [entry, said.content]))
        : content,
    ]),
  );

/** The file that says what a path leads to, or else the section above it. */
export function sourceOf(union: Union, [name, entry]: Path): RegistrySource | undefined {
  const section = union.get(String(name));
  const said = entry === undefined ? undefined : section?.entries.get(String(entry));
  return said?.source ?? section?.source;
}
