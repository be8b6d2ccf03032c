import type { DraftDatabase, DraftTeam, RegistryDraft } from './draft.ts';
import { error, type Finding, type Path } from './problem.ts';
import { type RegistryEntries, registrySchema } from './schema.ts';
import { sentenceFor } from './shape-sentences.ts';

export interface Shaped {
  readonly findings: readonly Finding[];
  /** What can be read, so that its content is checked in the same run; absent if a whole section cannot. */
  readonly draft: RegistryDraft | undefined;
}

const sections = ['issuers', 'teams', 'databases'] as const;

/** Checks types, bounds and keys. An entry with a wrong shape is reported and left out of the draft. */
export function shapeRegistry(value: Readonly<Record<string, unknown>>): Shaped {
  const findings = findingsOf(value);
  if (findings.some(({ path }) => path.length === 1 && sections.some((one) => one === path[0]))) {
    return { findings, draft: undefined };
  }
  const unreadable = new Set(
    findings.filter(({ path }) => path.length > 1).map(({ path }) => `${path[0]}/${path[1]}`),
  );
  const rest = registrySchema.safeParse(without(value, unreadable));
  return { findings, draft: rest.success ? draftOf(rest.data, unreadable) : undefined };
}

function findingsOf(value: unknown): Finding[] {
  const parsed = registrySchema.safeParse(value, { error: sentenceFor });
  return (parsed.error?.issues ?? []).flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? '' : step));
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
    if (issue.code === 'invalid_key') return [error(path, issue.issues[0]?.message ?? '')];
    return [error(path, issue.message)];
  });
}

const unknownKey = (path: Path, key: string): Finding =>
  error([...path, key], 'This key is not known here; correct its spelling or remove it.');

function without(
  value: Readonly<Record<string, unknown>>,
  unreadable: ReadonlySet<string>,
): Record<string, unknown> {
  const kept: Record<string, unknown> = { version: 1 };
  for (const section of sections) {
    const entries = Object.entries(value[section] ?? {});
    kept[section] = Object.fromEntries(
      entries.filter(([name]) => !unreadable.has(`${section}/${name}`)),
    );
  }
  return kept;
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
