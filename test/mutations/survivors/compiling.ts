import type { Explained } from '../judge.ts';

/** What survives in what gives a registry its shape, and compiles it. */
export const compilingSurvivors: readonly Explained[] = [
  {
    why: 'Narrows a type, or stands in for what is absent. The checks let through no host or principal that cannot be read, YAML has no symbols, a text that is split has a first part, and a caller by a principal has no issuer.',
    mutants: [
      ['core/registry/compile.ts', "member.kind === 'jwt'", 'true'],
      ['core/registry/compile-database.ts', "''", '"Stryker was here!"'],
      ['core/registry/compile-database.ts', 'readEndpoint(host)?.kind', 'readEndpoint(host).kind'],
      ['core/registry/compile-member.ts', "''", '"Stryker was here!"'],
      ['core/registry/shape-findings.ts', "''", '"Stryker was here!"'],
      ['core/registry/shape-findings.ts', "'symbol'", '""'],
      ['core/registry/shape-findings.ts', "typeof step === 'symbol'", 'false'],
    ],
  },
  {
    why: 'The line before has thrown where there is no team.',
    mutants: [['core/registry/compile-database.ts', 'team?.externalId', 'team.externalId']],
  },
  {
    why: 'No two names or keys in the list are equal.',
    mutants: [
      ['core/registry/compile.ts', 'text(one) < text(other)', 'text(one) <= text(other)'],
      ['core/registry/compile-database.ts', 'one < other', 'one <= other'],
      ['core/registry/compile-member.ts', 'one.key < other.key', 'one.key <= other.key'],
    ],
  },
  {
    why: 'A short cut: what is sound comes out whole on the long way too, after three readings instead of one.',
    mutants: [['core/registry/shape.ts', 'entries !== undefined', 'false']],
  },
  {
    why: 'A function that ends without a return gives undefined as well. The compiler wants it said.',
    mutants: [['core/registry/shape-sentences.ts', 'default: return undefined;', 'default:']],
  },
  {
    why: 'The schema fills nothing in, so that what is written and what is read look alike.',
    mutants: [
      ['core/registry/json-schema.ts', "{ io: 'input' }", '{}'],
      ['core/registry/json-schema.ts', "'input'", '""'],
    ],
  },
];
