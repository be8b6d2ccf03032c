import type { ApiClient } from '../../clients/api-client/api-client.ts';
import { asClientError, ClientError } from '../../clients/api-client/client-error.ts';
import type { VendAnswer } from '../../core/vend-answer.ts';
import type { CaFiles } from './ca-files.ts';
import type { ExtensionLog } from './log.ts';

/**
 * Vends as the API does, and keeps the CA that comes along: one call brings all that a connection
 * needs. The client has compared the CA with its hash. The answer is given on without the CA, or the
 * cache would hold one copy for each token.
 */
export function vendWithCa(deps: {
  readonly api: Pick<ApiClient, 'vend'>;
  readonly caFiles: Pick<CaFiles, 'keep'>;
  readonly log: ExtensionLog;
}): ApiClient['vend'] {
  const { api, caFiles, log } = deps;
  return async (request, options) => {
    const { database, user } = request;
    try {
      const answer = await api.vend({ ...request, inlineCa: true }, options);
      log.debug('VENDED', { database, user: answer.user, vendId: answer.id });
      return withoutCa(answer, caFiles);
    } catch (error) {
      const { reason, status, requestId } = asClientError(error, 'unreachable');
      // We abort these calls ourselves: after a freeze, and at the end.
      if (reason !== 'abandoned')
        log.warn('VEND_FAILED', { database, user, reason, status, requestId });
      throw error;
    }
  };
}

function withoutCa(answer: VendAnswer, caFiles: Pick<CaFiles, 'keep'>): VendAnswer {
  const { pem, ...ca } = answer.tls.ca;
  if (pem === undefined) throw new ClientError('answer-unreadable');
  caFiles.keep({ name: ca.bundle, sha256: ca.sha256, pem });
  return { ...answer, tls: { ...answer.tls, ca } };
}
