import { type Api, type ApiAnswer, type ApiRequest, jsonAnswer, refusal } from './api-answer.ts';
import type { Extension } from './extension.ts';
import type { ExtensionSet } from './extension-set.ts';
import { parseRegisterRequest } from './register-request.ts';
import type { FunctionFacts } from './settings.ts';

const root = '/2020-01-01/extension';

export interface ExtensionsApiDependencies {
  readonly extensions: ExtensionSet;
  readonly function: Pick<FunctionFacts, 'name' | 'version' | 'handler'>;
  /** `undefined` where it is not known: then `accountId` is left out even if asked for. */
  readonly accountId: string | undefined;
  /** Told the first thing that went wrong; the environment fails when the process ends. */
  readonly onError: (errorType: 'Extension.InitError' | 'Extension.ExitError') => void;
}

/** The Extensions API: how an extension registers, waits for events and reports that it cannot go on. */
export function createExtensionsApi(deps: ExtensionsApiDependencies): Api {
  return (request) => {
    switch (`${request.method} ${request.path}`) {
      case `POST ${root}/register`:
        return register(deps, request);
      case `GET ${root}/event/next`:
        return withExtension(deps, request, (extension) => extension.next());
      case `POST ${root}/init/error`:
        return withExtension(deps, request, report('initError', deps, request));
      case `POST ${root}/exit/error`:
        return withExtension(deps, request, report('exitError', deps, request));
      default:
        return undefined;
    }
  };
}

function register(deps: ExtensionsApiDependencies, request: ApiRequest): ApiAnswer {
  const name = request.headers.get('lambda-extension-name') ?? '';
  if (name === '') return refusal('Extension.InvalidExtensionName', 'Empty extension name');
  const events = parseRegisterRequest(request.body);
  if (events === undefined) return refusal('InvalidRequestFormat', 'Invalid request body');
  const registered = deps.extensions.register(name, events);
  if (!registered.done) return registered.refusal;
  const features = request.headers.get('lambda-extension-accept-feature') ?? '';
  const wantsAccount = features.split(',').some((feature) => feature.trim() === 'accountId');
  return jsonAnswer(
    200,
    {
      functionName: deps.function.name,
      functionVersion: deps.function.version,
      handler: deps.function.handler,
      ...(wantsAccount && deps.accountId !== undefined ? { accountId: deps.accountId } : {}),
    },
    { 'lambda-extension-identifier': registered.extension.id },
  );
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function withExtension(
  deps: ExtensionsApiDependencies,
  request: ApiRequest,
  act: (extension: Extension) => ApiAnswer | Promise<ApiAnswer>,
): ApiAnswer | Promise<ApiAnswer> {
  const id = request.headers.get('lambda-extension-identifier') ?? '';
  if (id === '') {
    const message = 'Missing Lambda-Extension-Identifier header';
    return refusal('Extension.MissingExtensionIdentifier', message);
  }
  if (!uuid.test(id)) {
    const message = 'Invalid Lambda-Extension-Identifier';
    return refusal('Extension.InvalidExtensionIdentifier', message);
  }
  const found = deps.extensions.byId(id.toLowerCase());
  // Asked before the identity: a report without its header is refused for that, whoever sends it.
  return found === undefined ? unknownOr(request) : act(found);
}

function unknownOr(request: ApiRequest): ApiAnswer {
  const isReport = request.method === 'POST';
  if (isReport && !hasErrorType(request)) return missingErrorType;
  return refusal('Extension.UnknownExtensionIdentifier', 'Unknown Lambda-Extension-Identifier');
}

function report(
  error: 'initError' | 'exitError',
  deps: ExtensionsApiDependencies,
  request: ApiRequest,
): (extension: Extension) => ApiAnswer {
  return (extension) => {
    if (!hasErrorType(request)) return missingErrorType;
    const answer = extension.report(error);
    const errorType = error === 'initError' ? 'Extension.InitError' : 'Extension.ExitError';
    if (answer.status === 202) deps.onError(errorType);
    return answer;
  };
}

const errorTypeHeader = 'Lambda-Extension-Function-Error-Type';

function hasErrorType(request: ApiRequest): boolean {
  return (request.headers.get(errorTypeHeader.toLowerCase()) ?? '') !== '';
}

const missingErrorType = refusal('Extension.MissingHeader', `${errorTypeHeader} not found`);
