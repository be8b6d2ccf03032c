import type { ErrorCode } from '../../core/errors.ts';
import type { Hint } from '../../core/reasons.ts';
import { ClientError, type ClientErrorDetails, type ClientErrorReason } from './client-error.ts';
import type { Answer } from './exchange.ts';
import { parseFields } from './fields.ts';

/**
 * The error that an answer with a status other than 200 stands for. The status decides; of the body
 * only what is of a closed form is taken over, so that a server that echoes what it was sent cannot
 * plant it in a log.
 */
export function problemOf(answer: Answer): ClientError {
  const details = detailsOf(answer.body);
  return new ClientError(reasonOf(answer.status, details), {
    status: answer.status,
    retryAfterSeconds: retryAfterOf(answer),
    ...details,
  });
}

/**
 * Every problem of ours has a request id (openapi.yaml). Without one, an address that is not there is
 * another server's; but a 403 stays a refusal, whoever says it: tokens from before must not outlive it.
 */
function reasonOf(status: number, { requestId }: ClientErrorDetails): ClientErrorReason {
  if (requestId === undefined && (status === 404 || status === 405)) return 'not-tokenvend';
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'denied';
  if (status === 429) return 'throttled';
  if (status >= 500) return 'server-error';
  return status >= 400 ? 'request-invalid' : 'unexpected-status';
}

function detailsOf(body: string): ClientErrorDetails {
  const fields = ifReadable(() => parseFields(body));
  if (fields === undefined) return {};
  return {
    code: ifReadable(() => fields.oneOf('code', codes)),
    hint: ifReadable(() => fields.oneOf('hint', hints)),
    requestId: ifReadable(() => fields.text('requestId', uuid)),
  };
}

const codes: readonly ErrorCode[] = [
  'INVALID_REQUEST',
  'UNAUTHENTICATED',
  'DENIED',
  'THROTTLED',
  'UPSTREAM_UNAVAILABLE',
  'INTERNAL',
];
const hints: readonly Hint[] = ['no-team', 'choose-team', 'choose-user', 'grant-not-in-force'];
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Seconds (RFC 9110 section 10.2.3); the form with a date is not one this API sends. */
function retryAfterOf({ headers }: Answer): number | undefined {
  const text = headers['retry-after'];
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
