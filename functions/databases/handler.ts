import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { VendError } from '../../core/errors.ts';
import { inTime } from '../../core/in-time.ts';
import { listDatabases, type PageQuery } from '../../core/list-databases.ts';
import type { Log } from '../../core/log.ts';
import type { RegistryStore } from '../../core/registry/store.ts';
import { whoami } from '../../core/whoami.ts';
import { jsonAnswer } from '../middleware/answers.ts';
import { noEarlyAnswer, withDeadline } from '../middleware/deadline.ts';
import { expectedApi } from '../middleware/expected-api.ts';
import { problems } from '../middleware/problems.ts';
import { factsOf, identityOf, queryOf } from '../middleware/request.ts';
import { telemetry } from '../middleware/telemetry.ts';

export interface DatabasesDependencies {
  readonly registry: Pick<RegistryStore, 'slice' | 'listing'>;
  readonly clock: () => Date;
  readonly apiId: string;
  readonly log: Log;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** `GET /v1/databases` and `GET /v1/whoami`, and the same under `/v1/iam`. */
export function createDatabasesHandler(deps: DatabasesDependencies) {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>(noEarlyAnswer)
    .use(telemetry(deps))
    .use(problems(deps.log))
    .use(expectedApi(deps.apiId))
    .handler((event, context) =>
      withDeadline(context, async (outOfTime) =>
        jsonAnswer(await inTime(outOfTime, standingAnswer(deps, event))),
      ),
    );
}

async function standingAnswer(deps: DatabasesDependencies, event: APIGatewayProxyEvent) {
  const isWhoami = event.resource.endsWith('/whoami');
  return isWhoami ? whoamiAnswer(deps, event) : databasesAnswer(deps, event);
}

function whoamiAnswer(deps: DatabasesDependencies, event: APIGatewayProxyEvent) {
  queryOf(event, []);
  return whoami(deps.registry, identityOf(event), deps.clock());
}

function databasesAnswer(deps: DatabasesDependencies, event: APIGatewayProxyEvent) {
  const { sourceIp } = factsOf(event);
  const circumstances = { now: deps.clock(), sourceIp };
  return listDatabases(deps.registry, identityOf(event), pageQueryOf(event), circumstances);
}

const defaultLimit = 50;
const maxLimit = 100;

function pageQueryOf(event: APIGatewayProxyEvent): PageQuery {
  const query = queryOf(event, ['limit', 'cursor']);
  const limit = query.get('limit') ?? String(defaultLimit);
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > maxLimit) {
    throw new VendError('INVALID_REQUEST', 'query-invalid');
  }
  return { limit: Number(limit), cursor: query.get('cursor') };
}
