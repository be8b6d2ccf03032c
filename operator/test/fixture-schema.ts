import * as z from 'zod';
import { denialReasons } from '../../core/reasons.ts';
import { isEntry } from '../suspension-entry.ts';

/**
 * The shape of a registry's tests (`*.test.yaml`): who asks for what, and what must come of it. Keys
 * that are not listed are errors: a misspelled expectation would expect nothing.
 */

const text = z.string().min(1);

const caller = z.union(
  [
    z.strictObject({
      issuer: text.describe('Name in the registry, or URL'),
      subject: text,
      claims: z.record(text, z.unknown()).optional(),
    }),
    z.strictObject({ iamRole: text, iamRoleId: text.optional() }),
    z.strictObject({ iamUser: text, iamUserId: text.optional() }),
  ],
  { error: 'Name an issuer with a subject (and claims), an iamRole, or an iamUser.' },
);

const request = z.strictObject({
  database: text,
  user: text.optional(),
  team: text.optional(),
});

/** Reasons of the audit record that a test can provoke. */
const reasons = [
  ...denialReasons,
  'issuer-unknown',
  'issuer-suspended',
  'jwt-expired',
  'identity-missing',
  'identity-unusable',
  'too-many-claim-values',
  'principal-refused',
] as const;

const expectation = z.union(
  [
    z.strictObject({ team: text, user: text, member: text.optional() }),
    z.strictObject({ denied: z.enum(reasons) }),
  ],
  { error: 'Expect a team and a user, or denied with a reason of the audit record.' },
);

/** As the functions read it: what names nothing would suspend nobody, and the test would pass for that. */
const entry = text.refine(isEntry, { error: 'Name an entry, such as team/payments.' });

const test = z.strictObject({
  name: text,
  identity: caller,
  request,
  from: text.optional().describe('Address of the caller'),
  at: z.iso.datetime({ offset: true }).optional().describe('When; default: now'),
  suspended: z.array(entry).optional().describe('Such as team/payments'),
  expect: expectation,
});

export const fixtureFileSchema = z.strictObject({
  version: z.literal(1),
  tests: z.array(test).min(1),
});

/** One test as it is written. */
export type Fixture = z.infer<typeof test>;
export type Expectation = z.infer<typeof expectation>;
export type WrittenCaller = z.infer<typeof caller>;
