/**
 * How long things live. The only file that knows the 900 seconds.
 *
 * A token is checked when a connection is opened, and is good until the earlier of its own 15
 * minutes and the end of the STS session that signed it (RDS User Guide, "IAM database
 * authentication"). All arithmetic on that stands here, with the time passed in.
 */

/** `X-Amz-Expires` of every RDS token; a larger value makes RDS refuse it. */
export const tokenLifetimeSeconds = 900;

/** The most STS gives under role chaining, which a Lambda assuming a role is (STS AssumeRole, DurationSeconds). */
export const sessionDurationSeconds = 3600;

/** A session with less than this left is replaced, so that its tokens still live their full 900 s. */
const replaceBelowSeconds = tokenLifetimeSeconds + 60;

/** While STS fails, a session may sign until this little is left of it. */
const lastResortSeconds = 120;

/** The same caller and target get the same token for this long: RDS does not throttle reused tokens. */
const reuseSeconds = 60;

/** A new token (`fresh`) for the same caller and target is cut at most this often. */
const freshEverySeconds = 10;

/** A `fresh` request renews a session older than this: the old one may have been revoked. */
const renewOnFreshAfterSeconds = 60;

const seconds = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;
const after = (from: Date, count: number): Date => new Date(from.getTime() + count * 1000);

/** When a token signed at `signedAt` really dies. */
export function expiresAt(signedAt: Date, sessionExpiresAt: Date): Date {
  const own = after(signedAt, tokenLifetimeSeconds);
  return own < sessionExpiresAt ? own : sessionExpiresAt;
}

/** When a client should fetch the next token: at two thirds of the real lifetime. */
export function refreshAfter(signedAt: Date, tokenExpiresAt: Date): Date {
  return after(signedAt, Math.floor((seconds(signedAt, tokenExpiresAt) * 2) / 3));
}

/** Whole seconds that a token has left; never negative. */
export function remainingSeconds(tokenExpiresAt: Date, now: Date): number {
  return Math.max(0, Math.floor(seconds(now, tokenExpiresAt)));
}

/** Whether a session can sign full-length tokens, or is due for replacement. */
export function sessionIsFresh(sessionExpiresAt: Date, now: Date): boolean {
  return seconds(now, sessionExpiresAt) >= replaceBelowSeconds;
}

/** Whether a session may still sign although STS does not give a new one. */
export function sessionMaySign(sessionExpiresAt: Date, now: Date): boolean {
  return seconds(now, sessionExpiresAt) > lastResortSeconds;
}

/** Whether a `fresh` request should also renew the session. */
export function sessionIsDoubtful(assumedAt: Date, now: Date): boolean {
  return seconds(assumedAt, now) >= renewOnFreshAfterSeconds;
}

/** Whether a token cut before may be handed out again, to an ordinary or to a `fresh` request. */
export function tokenMayBeReused(signedAt: Date, now: Date, fresh: boolean): boolean {
  const age = seconds(signedAt, now);
  return age >= 0 && age < (fresh ? freshEverySeconds : reuseSeconds);
}
