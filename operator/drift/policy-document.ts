import * as z from 'zod';

/**
 * A policy as IAM stores it, as far as it is compared here: one or many of everything. Other than the
 * local IAM's reader it must not refuse what it does not know: accounts hold what people have written.
 */
const oneOrMore = <T extends z.ZodType>(element: T) =>
  z.union([z.array(element), element.transform((one) => [one])]);

const statementSchema = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore(z.string()).optional(),
  NotAction: oneOrMore(z.string()).optional(),
  Resource: oneOrMore(z.string()).optional(),
  NotResource: oneOrMore(z.string()).optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

const documentSchema = z.looseObject({ Statement: oneOrMore(statementSchema) });

export type StoredStatement = z.infer<typeof statementSchema>;

/** The statements of a document; `undefined` where it is none. */
export function statementsOf(document: unknown): readonly StoredStatement[] | undefined {
  const read = documentSchema.safeParse(document);
  return read.success ? read.data.Statement : undefined;
}

/** Whether a statement speaks of logging in to a database; also by a pattern, or by leaving others out. */
export function isAboutLogin({ Action: actions, NotAction: others }: StoredStatement): boolean {
  if (others !== undefined) return !others.some(matchesLogin);
  return actions?.some(matchesLogin) ?? false;
}

/** IAM compares actions without regard to case, and knows `*` and `?`. */
function matchesLogin(pattern: string): boolean {
  const expression = pattern
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test('rds-db:connect');
}
