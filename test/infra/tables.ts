import { z } from 'zod';

const denial = z.strictObject({
  Sid: z.string(),
  Effect: z.literal('Deny'),
  Principal: z.literal('*'),
  Action: z.union([z.string(), z.array(z.string())]),
  // A table's policy cannot name the table that it is part of.
  Resource: z.literal('*'),
  Condition: z
    .strictObject({ ArnNotEquals: z.strictObject({ 'aws:PrincipalArn': z.string() }) })
    .optional(),
});

/** A DynamoDB table of the template. */
export const tableShape = z.looseObject({
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
  ResourcePolicy: z.object({ PolicyDocument: z.object({ Statement: z.array(denial) }) }),
});

/** What a table's own policy refuses, and to all but whom. */
export function denialsOf(
  table: z.infer<typeof tableShape>,
): { readonly actions: string[]; readonly unless: string | undefined }[] {
  return table.ResourcePolicy.PolicyDocument.Statement.map(({ Action, Condition }) => ({
    actions: [Action].flat(),
    unless: Condition?.ArnNotEquals['aws:PrincipalArn'],
  }));
}
