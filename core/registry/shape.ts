import type { DraftDatabase, DraftTeam, RegistryDraft } from './draft.ts';
import { error, type Finding, type Path } from './problem.ts';
import { type RegistryEntries, registrySchema } from './schema.ts';
import { shapeFindings } from './shape-findings.ts';
import { sentenceFor } from './shape-sentences.ts';

export interface Shaped {
  readonly findings: readonly Finding[];
  /** What can be read, so that its content is checked in the same run; absent if a whole section cannot. */
  readonly draft: RegistryDraft | undefined;
}

const sections = ['issuers', 'teams', 'databases'] as const;

/**
 * Checks types, bounds and keys. What has a wrong shape is reported and left out of the draft: a
 * member, a user or a key alone where the rest of its entry can still be checked, else the entry.
 */
export function shapeRegistry(value: Readonly<Record<string, unknown>>): Shaped {
  if (Object.keys(value).length === 0) return { findings: [nothing], draft: undefined };
  const { findings, entries } = parsed(value);
  if (entries !== undefined) return { findings, draft: draftOf(entries, new Set()) };
  const pruned = without(
    value,
    findings.map(({ path }) => smallestPartAt(path)),
  );
  const whole = without(
    pruned,
    parsed(pruned).findings.map(({ path }) => path.slice(0, 2)),
  );
  const rest = parsed(whole).entries;
  const unreadable = new Set(
    findings.filter(({ path }) => path.length > 1).map(({ path }) => `${path[0]}/${path[1]}`),
  );
  return { findings, draft: rest === undefined ? undefined : draftOf(rest, unreadable) };
}

const nothing = error([], 'The file is empty; a registry begins with version: 1.');

/** A member of a team or a user of a database by itself; of other entries the key that is wrong. */
function smallestPartAt(path: Path): Path {
  const isNested = path[2] === 'members' || path[2] === 'users';
  return path.slice(0, isNested ? 4 : 3);
}

interface Parsed {
  readonly findings: readonly Finding[];
  /** Where there are no findings. */
  readonly entries: RegistryEntries | undefined;
}

function parsed(value: unknown): Parsed {
  const result = registrySchema.safeParse(value, { error: sentenceFor });
  return { findings: shapeFindings(result.error), entries: result.data };
}

/** A copy of the sections without the parts at `paths`; also without what is not a section. */
function without(
  value: Readonly<Record<string, unknown>>,
  paths: readonly Path[],
): Record<string, unknown> {
  const left = new Set(paths.map((path) => JSON.stringify(path)));
  const copy = (part: unknown, path: Path): unknown => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    const entries = Object.entries(part).filter(
      ([key]) => !left.has(JSON.stringify([...path, key])),
    );
    return Object.fromEntries(entries.map(([key, child]) => [key, copy(child, [...path, key])]));
  };
  const kept = sections.map((section) => [section, copy(value[section], [section])]);
  return { version: 1, ...Object.fromEntries(kept) };
}

function draftOf(entries: RegistryEntries, unreadable: ReadonlySet<string>): RegistryDraft {
  return {
    issuers: new Map(Object.entries(entries.issuers ?? {})),
    teams: new Map(
      Object.entries(entries.teams ?? {}).map(([name, team]): [string, DraftTeam] => [
        name,
        { ...team, members: new Map(Object.entries(team.members ?? {})) },
      ]),
    ),
    databases: new Map(
      Object.entries(entries.databases ?? {}).map(
        ([name, { resourceId, users, ...database }]): [string, DraftDatabase] => [
          name,
          {
            ...database,
            resourceIds: typeof resourceId === 'string' ? [resourceId] : resourceId,
            users: new Map(Object.entries(users)),
          },
        ],
      ),
    ),
    unreadable,
  };
}
