import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { VendError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { CaBundle } from '../../core/vend-answer.ts';
import { jsonAnswer } from '../middleware/answers.ts';
import { noEarlyAnswer } from '../middleware/deadline.ts';
import { expectedApi } from '../middleware/expected-api.ts';
import { problems } from '../middleware/problems.ts';
import { queryOf } from '../middleware/request.ts';
import { telemetry } from '../middleware/telemetry.ts';

/** The answer of `GET /v1/config`: what a client needs to know before it has an identity. */
export interface PublicConfig {
  readonly version: string;
  /** The `aud` that identities for this deployment must carry. */
  readonly audience: string;
  /** Where people sign in; `null` where they cannot. */
  readonly signIn: { readonly issuer: string; readonly clientId: string } | null;
  readonly region: string;
}

export interface PublicDependencies {
  readonly caBundles: { find(name: string): CaBundle | undefined };
  readonly config: PublicConfig;
  readonly apiId: string;
  readonly log: Log;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** `GET /v1/ca/{bundle}`, `GET /v1/config` and `GET /v1/health`: no identity, no secrets. */
export function createPublicHandler(deps: PublicDependencies) {
  const routes = new Map<string, (event: APIGatewayProxyEvent) => APIGatewayProxyResult>([
    ['/v1/ca/{bundle}', (event) => caAnswer(deps, event)],
    ['/v1/config', () => jsonAnswer(deps.config)],
    ['/v1/health', () => jsonAnswer({ status: 'ok' })],
  ]);
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>(noEarlyAnswer)
    .use(telemetry(deps))
    .use(problems(deps.log))
    .use(expectedApi(deps.apiId))
    .handler(async (event) => {
      queryOf(event, []);
      const route = routes.get(event.resource);
      if (route === undefined) throw new VendError('INTERNAL', 'unexpected');
      return route(event);
    });
}

/** A day: bundles change with a deployment, and clients compare the SHA-256 of each vend anyway. */
const caCacheControl = 'public, max-age=86400';

function caAnswer(deps: PublicDependencies, event: APIGatewayProxyEvent): APIGatewayProxyResult {
  const bundle = deps.caBundles.find(event.pathParameters?.bundle ?? '');
  if (bundle === undefined) throw new VendError('INVALID_REQUEST', 'bundle-unknown');
  const etag = `"${bundle.sha256}"`;
  const headers = { ETag: etag, 'Cache-Control': caCacheControl };
  if (matches(event, etag)) return { statusCode: 304, headers, body: '' };
  return {
    statusCode: 200,
    headers: { ...headers, 'Content-Type': 'application/x-pem-file' },
    body: bundle.pem,
  };
}

/** `If-None-Match` (RFC 9110 section 13.1.2), with the weak comparison it asks for. */
function matches(event: APIGatewayProxyEvent, etag: string): boolean {
  const header = Object.entries(event.headers ?? {}).find(
    ([name]) => name.toLowerCase() === 'if-none-match',
  )?.[1];
  const candidates = (header ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return candidates.includes('*') || candidates.includes(etag);
}
