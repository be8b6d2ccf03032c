import { ClientError, type ClientErrorKind } from '../../clients/api-client/client-error.ts';
import { type ErrorCode, VendError } from '../../core/errors.ts';
import { type LocalAnswer, problemAnswer } from './local-answer.ts';
import type { ExtensionLog } from './log.ts';
import { OwnFolderError } from './own-folder.ts';

/** Answers with the error that something ended in. What nobody foresaw is logged by its type alone. */
export function errorAnswer(
  error: unknown,
  deps: { readonly ids: () => string; readonly log: ExtensionLog },
): LocalAnswer {
  const requestId = deps.ids();
  if (error instanceof ClientError) {
    const { hint, retryAfterSeconds } = error;
    return problemAnswer(codeOf(error), {
      requestId: error.requestId ?? requestId,
      hint,
      retryAfterSeconds,
    });
  }
  if (error instanceof VendError) return problemAnswer(error.code, { requestId });
  if (error instanceof OwnFolderError) {
    deps.log.error('CA_UNWRITABLE', { reason: error.reason, requestId });
    return problemAnswer('INTERNAL', { requestId });
  }
  const type = error instanceof Error ? error.constructor.name : typeof error;
  deps.log.error('UNEXPECTED_ERROR', { type, requestId });
  return problemAnswer('INTERNAL', { requestId });
}

/**
 * Where the API answered, its code is passed on: the local codes are the same. Otherwise the code says
 * what happened on the way to the API.
 */
function codeOf({ code, kind, reason, status }: ClientError): ErrorCode {
  if (code !== undefined) return code;
  if (kind === 'usage') return reason === 'request-invalid' ? 'INVALID_REQUEST' : 'INTERNAL';
  if (kind === 'refused') return status === 401 ? 'UNAUTHENTICATED' : 'DENIED';
  return otherCodes[kind];
}

const otherCodes = {
  // The function's own credentials cannot be had at the moment. No change to its request would mend
  // that.
  identity: 'UPSTREAM_UNAVAILABLE',
  throttled: 'THROTTLED',
  unavailable: 'UPSTREAM_UNAVAILABLE',
  'not-understood': 'INTERNAL',
} as const satisfies Record<Exclude<ClientErrorKind, 'usage' | 'refused'>, ErrorCode>;
