import * as z from 'zod';
import type { Wish } from '../../core/authorize.ts';
import type { ClaimedCaller } from './claimed-caller.ts';
import { contentOf, invalid, jsonIn } from './given-file.ts';

/** A request as its audit record tells it, and what came of it. */
export interface RecordedRequest {
  /** Of a JWT the subject, and the claims that the registry lists as `auditClaims`; no other is recorded. */
  readonly caller: ClaimedCaller;
  readonly wish: Wish;
  readonly now: Date;
  readonly sourceIp?: string | undefined;
  /** Such as `denied (no-team)`. */
  readonly outcome: string;
  readonly registryVersion?: string | undefined;
}

/**
 * Finds a request in a file of audit records, one JSON object in a line, by its request id or vend id. Other
 * lines of a log are passed over.
 *
 * @throws OperatorError `path-unreadable`; `input-invalid` where there is no such record, or several (a
 *   client may choose its request id), or the record names no caller or no database.
 */
export async function readRecordedRequest(path: string, id: string): Promise<RecordedRequest> {
  const found = recordsIn(await contentOf(path)).filter(
    ({ requestId, vendId }) => id === requestId || id === vendId,
  );
  const [record, ...others] = found;
  if (record === undefined) throw invalid(`${path} has no audit record of ${id}.`);
  if (others.length > 0) {
    throw invalid(`${path} has several records of ${id}: name one by its vendId.`);
  }
  const { caller, database, user, team, outcome, reason } = record;
  if (caller === undefined || database === undefined) {
    throw invalid(
      'The record names no caller or no database: nothing was decided by the registry.',
    );
  }
  return {
    caller: claimed(caller),
    wish: { database, ...(user && { user }), ...(team && { team }) },
    now: new Date(record.time),
    sourceIp: record.sourceIp,
    outcome: reason === undefined ? outcome : `${outcome} (${reason})`,
    registryVersion: record.registryVersion,
  };
}

const callerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('jwt'),
    issuer: z.string(),
    principal: z.string(),
    auditClaims: z.record(z.string(), z.string()).optional(),
  }),
  z.object({
    kind: z.literal('iam'),
    account: z.string(),
    principal: z.string(),
    uniqueId: z.string(),
  }),
]);

const recordSchema = z.object({
  audit: z.literal('vend'),
  requestId: z.string(),
  vendId: z.string(),
  time: z.iso.datetime(),
  outcome: z.string(),
  reason: z.string().optional(),
  caller: callerSchema.optional(),
  database: z.string().optional(),
  user: z.string().optional(),
  team: z.string().optional(),
  sourceIp: z.string().optional(),
  registryVersion: z.string().optional(),
});

/** A tab separates, too: `aws logs … --output text` prints messages so, and JSON holds none unescaped. */
const recordsIn = (text: string) =>
  text.split(/[\n\t]/).flatMap((line) => recordSchema.safeParse(jsonIn(line)).data ?? []);

function claimed(caller: z.infer<typeof callerSchema>): ClaimedCaller {
  const { principal } = caller;
  if (caller.kind === 'iam') {
    // A record has no partition, and none is compared.
    const arn = `arn:aws:iam::${caller.account}:${principal}`;
    return { kind: 'iam', arn, uniqueId: caller.uniqueId };
  }
  const claims = { ...caller.auditClaims, iss: caller.issuer, sub: principal };
  return { kind: 'jwt', issuer: caller.issuer, claims, isRecorded: true };
}
