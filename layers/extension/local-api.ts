import type { IncomingHttpHeaders } from 'node:http';
import { VendError } from '../../core/errors.ts';
import { namePart } from '../../core/name.ts';
import { checkArrival, createTokenCheck, type Refusal, type RefusalReason } from './admission.ts';
import type { CaFiles } from './ca-files.ts';
import { errorAnswer } from './error-answer.ts';
import { answerOf, type LocalAnswer, problemAnswer } from './local-answer.ts';
import type { ExtensionLog } from './log.ts';
import { createQueryReader } from './query-reader.ts';
import { createTokenAnswers, type WriteTokenAnswer } from './token-answer.ts';
import type { TokenQuery } from './token-query.ts';
import type { Vending } from './vending.ts';

export interface LocalApiDependencies {
  readonly vending: Pick<Vending, 'token' | 'ca'>;
  readonly caFiles: Pick<CaFiles, 'find' | 'fileOf'>;
  /** What requests must carry. */
  readonly token: string;
  readonly team: string | undefined;
  readonly port: number;
  readonly ids: () => string;
  readonly log: ExtensionLog;
}

export interface LocalRequest {
  readonly method: string;
  /** Path and query, as they came. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** The routes of the local server. Never rejects. */
export function createLocalApi(
  deps: LocalApiDependencies,
): (request: LocalRequest) => Promise<LocalAnswer> {
  const checkToken = createTokenCheck(deps.token);
  const refuse = createRefusal(deps);
  const { vending, caFiles, team } = deps;
  const writeToken = createTokenAnswers(caFiles);
  const routed = { vending, readQuery: createQueryReader(team), writeToken };

  return async (request) => {
    const { path, query } = partsOf(request.target);
    const foreign = checkArrival(request, deps.port);
    if (foreign !== undefined) return refuse(foreign);
    if (path === '/health' && query === '') return healthy;
    const stranger = checkToken(request.headers);
    if (stranger !== undefined) return refuse(stranger);
    try {
      return await route(routed, path, query);
    } catch (error) {
      return errorAnswer(error, deps);
    }
  };
}

const healthy = answerOf(200, 'application/json', '{"status":"ok"}');

interface RouteDependencies extends Pick<LocalApiDependencies, 'vending'> {
  readonly readQuery: (query: string) => TokenQuery;
  readonly writeToken: WriteTokenAnswer;
}

const bundleRoute = new RegExp(`^/v1/ca/(${namePart})$`);

async function route(
  { vending, readQuery, writeToken }: RouteDependencies,
  path: string,
  query: string,
): Promise<LocalAnswer> {
  if (path === '/v1/tokens') {
    const asked = readQuery(query);
    return writeToken(await vending.token(asked.request), asked);
  }
  const bundle = bundleRoute.exec(path)?.[1];
  if (bundle === undefined || query !== '') {
    throw new VendError('INVALID_REQUEST', 'query-invalid');
  }
  const { pem, sha256 } = await vending.ca(bundle);
  return answerOf(200, 'application/x-pem-file', pem, { etag: `"${sha256}"` });
}

/**
 * Refuses a request and closes its connection: only a caller that has been let in may keep one open.
 * Each reason is logged the first time only: a missing header is the first mistake that people make,
 * and the log must still be readable after a thousand of them.
 */
function createRefusal({
  ids,
  log,
}: Pick<LocalApiDependencies, 'ids' | 'log'>): (refusal: Refusal) => LocalAnswer {
  const logged = new Set<RefusalReason>();
  return ({ code, reason }) => {
    const requestId = ids();
    if (!logged.has(reason)) log.warn('REQUEST_REFUSED', { reason, requestId });
    logged.add(reason);
    const { status, headers, body } = problemAnswer(code, { requestId });
    return { status, headers: { ...headers, connection: 'close' }, body };
  };
}

function partsOf(target: string): { readonly path: string; readonly query: string } {
  const at = target.indexOf('?');
  return at < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, at), query: target.slice(at + 1) };
}
