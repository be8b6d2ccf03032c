import type { Explained } from '../judge.ts';

/** What survives in `core/` but for the registry. */
export const coreSurvivors: readonly Explained[] = [
  {
    why: 'A pattern that matches fills its groups, and a text that is split has a first part. The compiler cannot know.',
    mutants: [
      ['core/iam-identity.ts', '[]', '["Stryker was here"]'],
      [
        'core/iam-identity.ts',
        '!account || !principalName || !sessionName',
        '(!account || !principalName) && !sessionName',
      ],
      ['core/iam-identity.ts', '!account || !principalName', 'false'],
      ['core/iam-identity.ts', '!account || !principalName', '!account && !principalName'],
      ['core/source-ip.ts', "''", '"Stryker was here!"'],
      ['core/source-ip.ts', '[]', '["Stryker was here"]'],
      ['core/token.ts', "''", '"Stryker was here!"'],
    ],
  },
  {
    why: 'A function that ends without a return gives undefined as well. The compiler wants it said.',
    mutants: [
      ['core/json-text.ts', '{ return undefined; }', '{}'],
      ['core/token.ts', '{ return undefined; }', '{}'],
    ],
  },
  {
    why: 'Of two that are equal it does not matter which one is taken.',
    mutants: [
      ['core/lifetime.ts', 'own < sessionExpiresAt', 'own <= sessionExpiresAt'],
      ['core/rate-limit.ts', 'bucket.at > now', 'bucket.at >= now'],
    ],
  },
  {
    why: 'Narrows a type. For the others the next comparison says no: it is with undefined, or of a length they lack.',
    mutants: [
      ['core/trust-rule.ts', "identity.kind === 'jwt'", 'true'],
      ['core/trust-rule.ts', "identity.kind === 'iam'", 'true'],
      ['core/trust-rule.ts', 'value !== undefined', 'true'],
      ['core/trust-rule.ts', "typeof value === 'string'", 'true'],
    ],
  },
  {
    why: 'Names the field in a refusal that cannot come: the value is a number, a constant, or printable ASCII by now.',
    mutants: [
      ['core/connection/environment.ts', "'port'", '""'],
      ['core/connection/environment.ts', "'engine'", '""'],
      ['core/connection/environment.ts', "'applicationName'", '""'],
      ['core/connection/pg-service.ts', "'port'", '""'],
      ['core/connection/pg-service.ts', "'engine'", '""'],
      ['core/connection/pg-service.ts', "'applicationName'", '""'],
    ],
  },
  {
    why: 'A check that follows compares the whole text with what was found in it.',
    mutants: [['core/iam-identity.ts', '/^(AROA[A-Z0-9]{12,124}):/', '/(AROA[A-Z0-9]{12,124}):/']],
  },
  {
    why: 'Stands in place of a quoted text whose colons are not to be counted; another text without a colon does too.',
    mutants: [['core/vend-request.ts', "''", '"Stryker was here!"']],
  },
  {
    why: 'The BlockList of Node takes an empty family for that of the address.',
    mutants: [['core/source-ip.ts', "'ipv6'", '""']],
  },
  {
    why: 'Stands for no grantee, as any text does that is none: the list of nobody has no places. A page holds only what one of the grantees is granted.',
    mutants: [['core/page-position.ts', "''", '"Stryker was here!"']],
  },
  {
    why: 'What is not there is undefined as well. The compiler wants it said.',
    mutants: [['core/page-cursor.ts', '{ shown: undefined }', '{}']],
  },
];
