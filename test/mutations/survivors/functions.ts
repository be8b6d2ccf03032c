import type { Explained } from '../judge.ts';

/** What survives in the middleware and in the authorizer. */
export const functionSurvivors: readonly Explained[] = [
  {
    why: 'For the compiler: a text that is split has a first part, and what is matched with a pattern must be text. None of the stand-ins fits the pattern.',
    mutants: [
      ['functions/authorizer/handler.ts', "''", '"Stryker was here!"'],
      ['functions/authorizer/bearer-token.ts', "''", '"Stryker was here!"'],
      ['functions/authorizer/bearer-token.ts', '[]', '["Stryker was here"]'],
    ],
  },
  {
    why: 'API Gateway always says under which name it was called; the type allows that it does not.',
    mutants: [['functions/middleware/request.ts', "''", '"Stryker was here!"']],
  },
  {
    why: 'The compiler knows the codes, and all but one end in the same answer of the authorizer.',
    mutants: [['functions/authorizer/handler.ts', "'INTERNAL'", '""']],
  },
];
