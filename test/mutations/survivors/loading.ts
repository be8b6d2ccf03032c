import type { Explained } from '../judge.ts';

/** What survives in what loads the files of a registry. */
export const loadingSurvivors: readonly Explained[] = [
  {
    why: 'The text of a registry without files. Another text without sections is as good: each place in it is line 1.',
    mutants: [['core/registry/parse.ts', "''", '"Stryker was here!"']],
  },
  {
    why: 'Narrows a type. Without a draft there is always an error as well.',
    mutants: [['core/registry/load.ts', 'draft !== undefined', 'true']],
  },
  {
    why: 'No two keys of an object are equal, and what has one file was compared by its lines before.',
    mutants: [
      ['core/registry/content-version.ts', 'one < other', 'one <= other'],
      ['core/registry/problem.ts', 'one.file < other.file', 'one.file <= other.file'],
    ],
  },
  {
    why: 'Places of what nobody asks for: a key that is no text is in no path, and a text is no path.',
    mutants: [
      ['core/registry/lines-in.ts', '[]', '["Stryker was here"]'],
      ['core/registry/lines-in.ts', "isScalar(key) && typeof key.value === 'string'", 'true'],
      [
        'core/registry/lines-in.ts',
        "isScalar(key) && typeof key.value === 'string'",
        "isScalar(key) || typeof key.value === 'string'",
      ],
      ['core/registry/lines-in.ts', "typeof key.value === 'string'", 'true'],
    ],
  },
  {
    why: 'Saves time alone. lines-in.many.test.ts notices, which takes too long to be run for each mutant.',
    mutants: [
      ['core/registry/lines-in.ts', 'before !== undefined', 'false'],
      ['core/registry/lines-in.ts', 'known.set(node, children);', ';'],
    ],
  },
  {
    why: 'What the library has read has a range. The types allow for nodes that somebody made.',
    mutants: [['core/registry/plain-values.ts', 'node.range?.[0]', 'node.range[0]']],
  },
  {
    why: "Narrows the types of the library's stack: a map in a map stands in a document, and only an entry of a map has a colon.",
    mutants: [
      [
        'core/registry/yaml-parts.ts',
        "document?.type !== 'document' || top?.type !== 'block-map'",
        'false',
      ],
      [
        'core/registry/yaml-parts.ts',
        "document?.type !== 'document' || top?.type !== 'block-map'",
        "document?.type !== 'document' && top?.type !== 'block-map'",
      ],
      ['core/registry/yaml-parts.ts', "document?.type !== 'document'", 'false'],
      ['core/registry/yaml-parts.ts', "top?.type !== 'block-map'", 'false'],
      ['core/registry/yaml-parts.ts', 'heading?.sep', 'heading.sep'],
    ],
  },
  {
    why: 'For the compiler: a map that is read has an entry, and an entry without a key has a colon.',
    mutants: [
      ['core/registry/yaml-parts.ts', 'first.sep?.[0]', 'first.sep[0]'],
      ['core/registry/yaml-parts.ts', 'token?.offset', 'token.offset'],
    ],
  },
  {
    why: 'The library is told to compose a document whatever the text is.',
    mutants: [
      ['core/registry/yaml-parts.ts', 'document === undefined', 'false'],
      ['core/registry/yaml-parts.ts', "'the library composed no document'", '""'],
    ],
  },
  {
    why: "The text of an error in the library's form. Its code alone is read.",
    mutants: [['core/registry/yaml-parts.ts', "''", '"Stryker was here!"']],
  },
];
