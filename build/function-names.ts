/** The Lambda functions: each is `functions/<name>/index.ts` here and `CodeUri` in template.yaml. */
export const functionNames = ['authorizer', 'tokens', 'databases', 'public', 'probe'] as const;

/** One of the Lambda functions. */
export type FunctionName = (typeof functionNames)[number];
