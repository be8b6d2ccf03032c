import type { Api, ApiRequest } from './api-answer.ts';
import type { FunctionAnswer } from './invocation.ts';
import type { RuntimeSession } from './runtime-session.ts';

const root = '/2018-06-01/runtime';

/** The Runtime API: how a runtime gets invocations and answers them. */
export function createRuntimeApi(session: RuntimeSession): Api {
  return (request) => {
    const { method, path, body } = request;
    if (method === 'GET' && path === `${root}/invocation/next`) return session.next();
    if (method !== 'POST') return undefined;
    if (path === `${root}/init/error`) return session.reportInitError(body);
    const answer = answerIn(request);
    return answer && session.answer(answer.requestId, { kind: answer.kind, body });
  };
}

const answerPath = new RegExp(`^${root}/invocation/([^/]+)/(response|error)$`);

function answerIn(
  request: ApiRequest,
): { readonly requestId: string; readonly kind: FunctionAnswer['kind'] } | undefined {
  const [, requestId, kind] = answerPath.exec(request.path) ?? [];
  if (requestId === undefined) return undefined;
  return { requestId, kind: kind === 'error' ? 'error' : 'response' };
}
