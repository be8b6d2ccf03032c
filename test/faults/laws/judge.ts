import { createHash } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { parseAnswer } from '../../../clients/api-client/parse-answer.ts';
import type { AuditRecord } from '../../../core/audit.ts';
import { parseVendRequest } from '../../../core/vend-request.ts';
import { identityOf } from '../../../functions/middleware/request.ts';
import type { KnownKeys } from '../../../local/aws/access-key.ts';
import type { AuditPort } from '../service/audit-port.ts';
import type { RegistryPort } from '../service/registry-port.ts';
import type { Mortal } from '../world/mortal.ts';
import type { Databases } from './database.ts';
import type { InForce } from './in-force.ts';
import type { Violations } from './violations.ts';

export interface JudgeDependencies {
  readonly violations: Violations;
  readonly databases: Databases;
  /** What STS has given out. */
  readonly credentials: KnownKeys;
  readonly inForce: InForce;
  readonly registry: RegistryPort;
  readonly audit: AuditPort;
  /** By how much the functions' clock may have been wrong so far. Seconds. */
  readonly clockErrorSeconds: () => number;
}

/** A request that the tokens function has taken, and what it answers. */
export interface Answered {
  readonly process: Mortal;
  readonly event: APIGatewayProxyEvent;
  readonly answer: APIGatewayProxyResult;
  /** True epoch milliseconds. */
  readonly askedAtMs: number;
}

/** `expiresIn` is in whole seconds, and STS's instants are too. */
const roundingSeconds = 1;

/**
 * What any token has left when it leaves. A session that cannot be replaced signs until 120 s before its end
 * (core/lifetime.ts); the function's 9 s may pass before the answer does.
 */
const leastSeconds = 120 - 9;

/** Judges what the tokens function answers, at the moment it leaves for the client. */
export function createJudge(deps: JudgeDependencies) {
  const { violations, audit } = deps;
  return (answered: Answered): void => {
    const { event, answer } = answered;
    const { requestId } = event.requestContext;
    const records = audit.recordsOf(requestId);
    if (answer.statusCode === 200) judgeToken(deps, answered, records);
    if (audit.wasDisturbed(requestId)) return;
    const outcomes = records.map(({ outcome }) => outcome).join(' ');
    const expected = outcomeOf(answer.statusCode);
    if (outcomes !== expected || !records.every(isWhole)) {
      violations.add('one-record', `${answer.statusCode} was recorded as "${outcomes}"`);
    }
  };
}

function judgeToken(
  deps: JudgeDependencies,
  { process, event, answer, askedAtMs }: Answered,
  records: readonly AuditRecord[],
): void {
  const { violations, databases, inForce, registry } = deps;
  const { id, token, expiresIn } = parseAnswer(answer.body);
  const errorSeconds = deps.clockErrorSeconds();
  const left = databases.leftSeconds(token);
  if (expiresIn > left + errorSeconds + roundingSeconds) {
    violations.add('usable-token', `the API says ${expiresIn} s of a token that has ${left} s`);
  }
  if (left < leastSeconds - 2 * errorSeconds) {
    violations.add('usable-token', `the API gives away a token that has ${left} s`);
  }
  const tokenSha256 = createHash('sha256').update(token).digest('hex');
  const isRecorded = records.some(
    (record) =>
      record.vendId === id && record.outcome === 'vended' && record.tokenSha256 === tokenSha256,
  );
  if (!isRecorded) violations.add('recorded-token', `${id} left without its record`);
  if (!records.every((record) => isOfItsCaller(record, deps.credentials))) {
    violations.add('recorded-token', `${id} is of a session that was given to another caller`);
  }

  const { documentMs, suspensionsMs } = registry.countsSince(askedAtMs, process);
  const since = {
    documentMs: documentMs - errorSeconds * 2_000,
    suspensionsMs: suspensionsMs - errorSeconds * 2_000,
  };
  const { sourceIp } = event.requestContext.identity;
  const wish = parseVendRequest(event.body);
  const asked = { askedAtMs, identity: identityOf(event), wish, sourceIp };
  if (!inForce.wouldGrant(asked, since)) {
    violations.add('granted-token', `${id} is for somebody whom no rules grant it`);
  }
}

/** A15: what CloudTrail says of a session is who the record says has asked. */
function isOfItsCaller(
  { accessKeyId, sourceIdentity }: AuditRecord,
  credentials: KnownKeys,
): boolean {
  const session = credentials.find(accessKeyId ?? '');
  return session?.kind === 'session' && session.principal.sourceIdentity === sourceIdentity;
}

function outcomeOf(status: number): AuditRecord['outcome'] {
  if (status === 200) return 'vended';
  if (status === 403) return 'denied';
  return status === 401 ? 'unauthenticated' : 'failed';
}

/** A record tells how it ended, and with what or why. */
function isWhole({ outcome, reason, tokenSha256, expiresAt, accessKeyId }: AuditRecord): boolean {
  return outcome === 'vended'
    ? [tokenSha256, expiresAt, accessKeyId].every((one) => one !== undefined)
    : reason !== undefined;
}
