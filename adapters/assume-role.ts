import {
  AssumeRoleCommand,
  type Credentials,
  type STSClient,
  STSServiceException,
} from '@aws-sdk/client-sts';
import { VendError } from '../core/errors.ts';
import { sessionMaySign } from '../core/lifetime.ts';
import type { Session, SessionPlan } from '../core/session.ts';

/** Seconds a client should wait after STS failed or throttled us. */
const retryAfterSeconds = 2;

/**
 * Makes the one AWS call of a vend: AssumeRole as planned.
 *
 * Rejects with `VendError`: `INTERNAL` `role-not-assumable` (trust policy, external id, missing
 * permission) or `session-request-invalid`; `THROTTLED` `sts-throttled`; `UPSTREAM_UNAVAILABLE`
 * `sts-unavailable`, `sts-answer-invalid` or `own-credentials-refused`.
 */
export function createAssumeRole(deps: {
  readonly sts: STSClient;
  readonly clock: () => Date;
}): (plan: SessionPlan) => Promise<Session> {
  return async (plan) => {
    const assumedAt = deps.clock();
    try {
      const answer = await deps.sts.send(commandOf(plan));
      return sessionOf(answer.Credentials, assumedAt);
    } catch (error) {
      throw classified(error);
    }
  };
}

function commandOf(plan: SessionPlan): AssumeRoleCommand {
  return new AssumeRoleCommand({
    RoleArn: plan.roleArn,
    RoleSessionName: plan.roleSessionName,
    SourceIdentity: plan.sourceIdentity,
    DurationSeconds: plan.durationSeconds,
    Policy: plan.policy,
    ...(plan.externalId === undefined ? {} : { ExternalId: plan.externalId }),
  });
}

/**
 * Every field is needed, above all the expiry: without one that lies ahead, nobody could say when a
 * token ends.
 */
function sessionOf(credentials: Credentials | undefined, assumedAt: Date): Session {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  const isWhole = AccessKeyId && SecretAccessKey && SessionToken && isInstant(Expiration);
  if (!isWhole || !sessionMaySign(Expiration, assumedAt)) {
    throw new VendError('UPSTREAM_UNAVAILABLE', 'sts-answer-invalid', { retryAfterSeconds });
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    assumedAt,
    expiresAt: Expiration,
  };
}

function isInstant(value: Date | undefined): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

const throttles = ['Throttling', 'ThrottlingException', 'RequestLimitExceeded'];
const refusals = ['AccessDenied', 'AccessDeniedException'];
/** The first three are the names that the SDK gives these errors; on the wire they have others. */
const malformations = [
  'MalformedPolicyDocumentException',
  'PackedPolicyTooLargeException',
  'RegionDisabledException',
  'ValidationError',
];

/**
 * STS refuses our own credentials (STS API Reference, "Common errors"). This is no outage: STS answers
 * everybody else, and will refuse us until there is a new execution environment.
 */
const ownRefusals = [
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'MissingAuthenticationToken',
  'IncompleteSignature',
  'SignatureDoesNotMatch',
];

/** By type and code, never by text; the SDK's error, which may quote the request, goes no further. */
function classified(error: unknown): VendError {
  if (error instanceof VendError) return error;
  const name = error instanceof STSServiceException ? error.name : '';
  if (throttles.includes(name)) {
    return new VendError('THROTTLED', 'sts-throttled', { retryAfterSeconds });
  }
  if (refusals.includes(name)) return new VendError('INTERNAL', 'role-not-assumable');
  if (malformations.includes(name)) return new VendError('INTERNAL', 'session-request-invalid');
  const reason = ownRefusals.includes(name) ? 'own-credentials-refused' : 'sts-unavailable';
  return new VendError('UPSTREAM_UNAVAILABLE', reason, { retryAfterSeconds });
}
