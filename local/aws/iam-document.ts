import { z } from 'zod';
import { hasPolicyVariable } from './iam-pattern.ts';

/** A policy document that has passed its check. */
export interface Policy {
  readonly statements: readonly Statement[];
}

/** Identity and session policies speak of resources, trust policies of principals. */
export type Statement = ResourceStatement | TrustStatement;

interface AnyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Selection;
  readonly conditions: readonly Condition[];
}

interface ResourceStatement extends AnyStatement {
  readonly resources: Selection;
}

/** The resource is the role that the policy belongs to. */
interface TrustStatement extends AnyStatement {
  readonly principals: Principals;
}

/** `Action` or `Resource`, or with `except` their negated forms `NotAction` and `NotResource`. */
export interface Selection {
  readonly patterns: readonly string[];
  readonly except: boolean;
}

/** Whom a trust policy speaks of. */
export interface Principals {
  /** `*`, an account id, or the ARN of an account's root, a role, a user or a session. */
  readonly aws: readonly string[];
  /** Such as `lambda.amazonaws.com`. */
  readonly services: readonly string[];
}

/** One line of a condition block: it holds if the key's value satisfies the operator for any of `values`. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** What a policy is attached to: a user or role, one session, or a role as its trust policy. */
export type PolicyKind = 'identity' | 'session' | 'trust';

/** Reads a policy's JSON text; `undefined` where STS would say `MalformedPolicyDocument`. */
export function parsePolicyText(text: string, kind: PolicyKind): Policy | undefined {
  try {
    return parsePolicy(JSON.parse(text), kind);
  } catch {
    return undefined;
  }
}

/** The same for a document that has been read already. Unknown elements make it malformed. */
export function parsePolicy(document: unknown, kind: PolicyKind): Policy | undefined {
  const read = documentSchema.safeParse(document);
  if (!read.success) return undefined;
  const statements = read.data.Statement.map((statement) => statementOf(statement, kind));
  const whole = statements.filter((statement) => statement !== undefined);
  return whole.length === statements.length ? { statements: whole } : undefined;
}

const oneOrMore = <T extends z.ZodType>(element: T) =>
  z.union([element.transform((one) => [one]), z.array(element).min(1)]);

const actionPattern = z.string().regex(/^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/);
const resourcePattern = z.string().regex(/^(\*|arn(:[^:]*){4}:.+)$/s);
const conditionValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** zod skips the key `__proto__` in a record without a word; a condition must not get lost that way. */
const block = <T extends z.ZodType>(element: T) =>
  z.preprocess(
    (value) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')
        ? undefined
        : value,
    z.record(z.string(), element),
  );

const principalsSchema = z.union([
  z.literal('*').transform(() => ({ AWS: ['*'], Service: undefined })),
  z.strictObject({
    AWS: oneOrMore(z.string()).optional(),
    Service: oneOrMore(z.string()).optional(),
  }),
]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principalsSchema.optional(),
  Action: oneOrMore(actionPattern).optional(),
  NotAction: oneOrMore(actionPattern).optional(),
  Resource: oneOrMore(resourcePattern).optional(),
  NotResource: oneOrMore(resourcePattern).optional(),
  Condition: block(block(oneOrMore(conditionValue))).optional(),
});

const documentSchema = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: oneOrMore(statementSchema),
});

type RawStatement = z.infer<typeof statementSchema>;

function statementOf(raw: RawStatement, kind: PolicyKind): Statement | undefined {
  const actions = selectionOf(raw.Action, raw.NotAction);
  const resources = selectionOf(raw.Resource, raw.NotResource);
  const hasResources = raw.Resource !== undefined || raw.NotResource !== undefined;
  if (actions === undefined) return undefined;
  const shared = { effect: raw.Effect, actions, conditions: conditionsOf(raw.Condition) };
  if (kind === 'trust') {
    const { Principal: principal } = raw;
    if (principal === undefined || hasResources) return undefined;
    const principals = { aws: principal.AWS ?? [], services: principal.Service ?? [] };
    return { ...shared, principals };
  }
  // A statement without a resource must not become an allow for every resource.
  if (raw.Principal !== undefined || resources === undefined) return undefined;
  return { ...shared, resources };
}

/**
 * Exactly one of the plain and the negated form. A policy variable in the negated form is refused: as
 * a pattern that matches nothing it would widen the statement to everything.
 */
function selectionOf(
  plain: readonly string[] | undefined,
  negated: readonly string[] | undefined,
): Selection | undefined {
  if ((plain === undefined) === (negated === undefined)) return undefined;
  if (negated?.some(hasPolicyVariable)) return undefined;
  return { patterns: plain ?? negated ?? [], except: plain === undefined };
}

function conditionsOf(block: RawStatement['Condition']): Condition[] {
  return Object.entries(block ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
  );
}
