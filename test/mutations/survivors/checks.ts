import type { Explained } from '../judge.ts';

/** What survives in the checks of a registry's files. */
export const checkSurvivors: readonly Explained[] = [
  {
    why: 'What is checked before holds it already: a URL has no second scheme in its path, and a star stands at the end alone.',
    mutants: [
      [
        'core/registry/check/github.ts',
        '/^https:\\/\\/token\\.actions\\.githubusercontent\\.com(?:\\/|$)/',
        '/https:\\/\\/token\\.actions\\.githubusercontent\\.com(?:\\/|$)/',
      ],
      ['core/registry/check/github.ts', '/^repo:(?:[^/:]+\\/)?\\*$/', '/^repo:(?:[^/:]+\\/)?\\*/'],
    ],
  },
  {
    why: 'Stands in for what is absent, or narrows its type. What is no ARN, issuer or region contradicts nothing here, and is refused elsewhere.',
    mutants: [
      ['core/registry/arn.ts', "''", '"Stryker was here!"'],
      ['core/registry/arn.ts', '[]', '["Stryker was here"]'],
      ['core/registry/endpoint.ts', 'region === undefined', 'false'],
      ['core/registry/check/accounts.ts', '[]', '["Stryker was here"]'],
      ['core/registry/check/accounts.ts', 'partition === undefined', 'false'],
      ['core/registry/check/accounts.ts', 'text === undefined', 'false'],
      ['core/registry/check/dbnames.ts', "''", '"Stryker was here!"'],
      ['core/registry/check/github.ts', 'issuer === undefined', 'false'],
      ['core/registry/check/github.ts', "''", '"Stryker was here!"'],
      ['core/registry/check/grants.ts', "''", '"Stryker was here!"'],
      ['core/registry/check/grants.ts', '[]', '["Stryker was here"]'],
      ['core/registry/check/pins.ts', 'member.issuer === undefined', 'false'],
      ['core/registry/check/roles.ts', 'externalId === undefined', 'false'],
    ],
  },
];
