import { VendError } from '../core/errors.ts';
import type { Counters, Log } from '../core/log.ts';
import type { SessionPlan } from '../core/session.ts';

/** Whether STS has answered, and answered no: asking again will not help. Anything else is an outage. */
export function isRefusal(error: unknown): error is VendError {
  return (
    error instanceof VendError &&
    (error.reason === 'role-not-assumable' || error.reason === 'session-request-invalid')
  );
}

/** Logs and counts a failed call by its reason: once for each call, however many wait for it. */
export function reportFailure(
  { log, counters }: { readonly log: Log; readonly counters: Counters },
  { roleArn }: SessionPlan,
  error: unknown,
): void {
  const reason = error instanceof VendError ? error.reason : 'unexpected';
  if (isRefusal(error)) {
    log.error('STS_REFUSED', { reason, roleArn });
  } else if (reason === 'own-credentials-refused') {
    counters.add('OwnCredentialsRefused');
    log.error('OWN_CREDENTIALS_REFUSED');
  } else {
    if (reason === 'sts-throttled') counters.add('StsThrottled');
    log.warn('STS_FAILED', { reason, roleArn });
  }
}
