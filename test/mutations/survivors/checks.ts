import type { Explained } from '../judge.ts';

/** What survives in the checks of a registry's files. */
export const checkSurvivors: readonly Explained[] = [
  {
    why: 'Chooses between sentences about one refusal at one place. Tests assert the place.',
    mutants: [
      ['core/registry/check/issuers.ts', 'first === undefined', 'true'],
      [
        'core/registry/check/endpoints.ts',
        "{ return [error(path, 'Write the host in lower case: signers disagree about anything else.')]; }",
        '{}',
      ],
      [
        'core/registry/check/endpoints.ts',
        "{ return [error(path, 'This is no AWS region; write it as in eu-west-1.')]; }",
        '{}',
      ],
      ['core/registry/check/endpoints.ts', 'host !== host.toLowerCase()', 'false'],
      ['core/registry/check/endpoints.ts', 'partitionOf(region) === undefined', 'false'],
      ['core/registry/check/member-kinds.ts', 'given.length === 0', 'true'],
      ['core/registry/check/member-kinds.ts', 'given.length === 0', 'false'],
      ['core/registry/check/member-kinds.ts', 'given.length === 0', 'given.length !== 0'],
      ['core/registry/check/principals.ts', '/:root$/.test(text)', 'true'],
      ['core/registry/check/principals.ts', '/:root$/.test(text)', 'false'],
      ['core/registry/check/principals.ts', '/:root$/', '/:root/'],
      ['core/registry/check/principals.ts', '/:federated-user\\//.test(text)', 'true'],
      ['core/registry/check/principals.ts', '/:federated-user\\//.test(text)', 'false'],
      [
        'core/registry/check/principals.ts',
        "{ return 'Federated users are not accepted; create a role for this caller.'; }",
        '{}',
      ],
      ['core/registry/check/principals.ts', '/:assumed-role\\//.test(text)', 'true'],
      ['core/registry/check/principals.ts', '/:assumed-role\\//.test(text)', 'false'],
      [
        'core/registry/check/principals.ts',
        '{ return "Give the role\'s own ARN (arn:aws:iam::…:role/…), not that of a session."; }',
        '{}',
      ],
      ['core/registry/check/resource-ids.ts', 'first === undefined', 'true'],
      [
        'core/registry/check/resource-ids.ts',
        "{ return [error(path, 'Give the resource id that RDS shows: db-…, cluster-… or prx-….')]; }",
        '{}',
      ],
      ['core/registry/check/resource-ids.ts', 'kind === undefined', 'false'],
    ],
  },
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
