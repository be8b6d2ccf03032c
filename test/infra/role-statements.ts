import { z } from 'zod';
import type { Resource } from './stack.ts';

const texts = z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat());

const statement = z.strictObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: texts,
  Condition: z.strictObject({ ArnEquals: z.record(z.string(), z.string()) }).optional(),
});

/** A role of the template: its name, who may assume it, and what it may do. */
export const roleShape = z.looseObject({
  RoleName: z.string().optional(),
  AssumeRolePolicyDocument: z.object({
    Statement: z.array(
      z.looseObject({
        Principal: z.union([
          z.strictObject({ Service: z.string() }),
          z.strictObject({ AWS: z.array(z.string()) }),
        ]),
      }),
    ),
  }),
  Policies: z
    .array(z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) }))
    .default([]),
});

/** What a role's own policies allow, or refuse. */
export function statementsOf(
  role: Resource,
  effect: 'Allow' | 'Deny',
): z.infer<typeof statement>[] {
  return roleShape
    .parse(role.Properties)
    .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === effect);
}

/** What a role may do, as `action resource`. */
export function grants(role: Resource): string[] {
  return statementsOf(role, 'Allow').flatMap(({ Action, Resource: resources }) =>
    Action.flatMap((action) => resources.map((arn) => `${action} ${arn}`)),
  );
}
