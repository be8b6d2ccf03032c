import type { Explained } from '../judge.ts';

/** What survives in what reads a compiled registry. */
export const compiledSurvivors: readonly Explained[] = [
  {
    why: 'Stands in for what is absent, or narrows its type: what is looked up under undefined is not found, and what is compared with it is not less.',
    mutants: [
      ['core/registry/index-document.ts', "''", '"Stryker was here!"'],
      ['core/registry/index-document.ts', 'databases[middle]?.name', 'databases[middle].name'],
      ['core/registry/index-document.ts', 'query.database === undefined', 'false'],
      ['core/registry/index-document.ts', 'after === undefined', 'false'],
      ['core/registry/document-databases.ts', "typeof value === 'string'", 'true'],
    ],
  },
  {
    why: 'No two names in the list are equal.',
    mutants: [
      ['core/registry/index-document.ts', 'one.name < other.name', 'one.name <= other.name'],
    ],
  },
  {
    why: 'Looks a caller up under one key more, under which no member is filed that could match.',
    mutants: [
      ['core/registry/member-keys.ts', 'at < subject.length - 1', 'at <= subject.length - 1'],
      ['core/registry/member-keys.ts', 'subject.length - 1', 'subject.length + 1'],
    ],
  },
  {
    why: 'Any text that differs from those of the other keys; and the message of what the check before has ruled out.',
    mutants: [
      ['core/registry/member-keys.ts', "'iam'", '""'],
      [
        'core/registry/member-keys.ts',
        "'a member without a subject or an exact claim passed the registry check'",
        '""',
      ],
    ],
  },
];
