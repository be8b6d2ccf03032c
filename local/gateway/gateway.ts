import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { type Bucket, take } from '../../core/rate-limit.ts';
import type { KnownKeys } from '../aws/access-key.ts';
import type { ApiDefinition, GatewayResponse, Route } from './api-definition.ts';
import {
  type Authorization,
  type AuthorizerFunction,
  authorizeIam,
  createJwtAuthorization,
} from './authorization.ts';
import { lambdaContext } from './lambda-context.ts';
import {
  authorizerEvent,
  type EventContext,
  proxyEvent,
  type ReceivedRequest,
  targetParts,
} from './proxy-event.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface GatewayDependencies {
  readonly definition: ApiDefinition;
  readonly authorizer: AuthorizerFunction;
  /** Functions by name, as the definition's integrations name them. */
  readonly functions: ReadonlyMap<
    string,
    (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>
  >;
  readonly keys: KnownKeys;
  readonly context: EventContext & { readonly region: string };
  readonly authorizerTtlSeconds: number;
  /** Requests per second to one route, and how many may come at once. */
  readonly throttle: { readonly perSecond: number; readonly burst: number };
  readonly clock: () => Date;
}

/** The most that API Gateway takes, in bytes (API Gateway quotas, "Payload size"). */
export const maxPayloadBytes = 10 * 1024 * 1024;

/** Does with one request what API Gateway does: route, throttle, authorize, invoke. */
export function createGateway(
  deps: GatewayDependencies,
): (request: ReceivedRequest) => Promise<HttpAnswer> {
  const jwt = createJwtAuthorization({
    authorizer: deps.authorizer,
    ttlSeconds: deps.authorizerTtlSeconds,
    clock: deps.clock,
  });
  const buckets = new Map<string, Bucket>();

  const isThrottled = (route: Route): boolean => {
    const key = `${route.method} ${route.resource}`;
    const result = take(buckets.get(key), deps.throttle, deps.clock());
    if (result.taken) buckets.set(key, result.bucket);
    return !result.taken;
  };

  const authorization = (request: ReceivedRequest, route: MatchedRoute): Promise<Authorization> => {
    if (route.auth === 'jwt') return jwt(request, authorizerEvent(request, route, deps.context));
    return Promise.resolve(
      route.auth === 'iam'
        ? authorizeIam(request, { ...deps, region: deps.context.region })
        : { granted: true },
    );
  };

  return async (request) => {
    const refuse = (type: string): HttpAnswer => own(deps.definition, type, request.requestId);
    if (Buffer.byteLength(request.body) > maxPayloadBytes) return refuse('REQUEST_TOO_LARGE');
    const route = matchRoute(deps.definition.routes, request);
    if (route === undefined) return refuse('MISSING_AUTHENTICATION_TOKEN');
    if (isThrottled(route)) return refuse('THROTTLED');
    const caller = await authorization(request, route);
    if (!caller.granted) return refuse(caller.response);
    const invoke = deps.functions.get(route.function);
    if (invoke === undefined) return refuse('API_CONFIGURATION_ERROR');
    try {
      const event = proxyEvent(request, route, deps.context, caller);
      return answerOf(await invoke(event, lambdaContext(route.function, request.requestId)));
    } catch {
      return refuse('INTEGRATION_FAILURE');
    }
  };
}

type MatchedRoute = Route & { readonly pathParameters: Readonly<Record<string, string>> };

function matchRoute(routes: readonly Route[], request: ReceivedRequest): MatchedRoute | undefined {
  const path = targetParts(request).path.split('/');
  for (const route of routes) {
    const parts = route.resource.split('/');
    if (route.method !== request.method || parts.length !== path.length) continue;
    const parameters = parts.flatMap((part, at) =>
      part.startsWith('{') ? [[part.slice(1, -1), decoded(path[at] ?? '')]] : [],
    );
    if (parts.every((part, at) => part.startsWith('{') || part === path[at])) {
      return { ...route, pathParameters: Object.fromEntries(parameters) };
    }
  }
  return undefined;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** An answer of the gateway's own, with the template's variables filled in. */
function own(definition: ApiDefinition, type: string, requestId: string): HttpAnswer {
  const found = definition.responses.get(type) ?? definition.responses.get('DEFAULT_5XX');
  const { status, headers, template }: GatewayResponse = found ?? {
    status: 500,
    headers: {},
    template: '',
  };
  return { status, headers, body: template.replaceAll('$context.requestId', requestId) };
}

function answerOf(result: APIGatewayProxyResult): HttpAnswer {
  const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name, `${value}`]);
  return {
    status: result.statusCode,
    headers: Object.fromEntries(headers),
    body: result.isBase64Encoded
      ? Buffer.from(result.body, 'base64').toString('utf8')
      : result.body,
  };
}
