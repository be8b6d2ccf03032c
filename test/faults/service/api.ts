import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { createPublicHandler } from '../../../functions/public/handler.ts';
import type { KnownKeys } from '../../../local/aws/access-key.ts';
import { readApiDefinition } from '../../../local/gateway/api-definition.ts';
import { createGateway, type HttpAnswer } from '../../../local/gateway/gateway.ts';
import type { ReceivedRequest } from '../../../local/gateway/proxy-event.ts';
import { platformAccount, region } from '../../../local/organization.ts';
import { ourApiId } from '../../builders/events.ts';
import { aLog } from '../../builders/ports.ts';
import type { Answered } from '../laws/judge.ts';
import type { Mortal } from '../world/mortal.ts';
import type { TrueTime } from '../world/true-time.ts';
import type { AuthorizerEnvironment } from './authorizer.ts';
import { caBundles } from './ca-bundles.ts';
import { functionTimeoutMs, type TokensEnvironment } from './environment.ts';

/** The API as the network sees it. */
export type Api = (request: ReceivedRequest) => Promise<HttpAnswer>;

export interface ApiDependencies {
  readonly time: TrueTime;
  readonly keys: KnownKeys;
  /** The environment that takes the next request. */
  readonly tokens: () => TokensEnvironment;
  readonly authorizer: () => AuthorizerEnvironment;
  /** Told of an environment that did not answer in time: Lambda does not use it again. */
  readonly onTimeout: (life: Mortal) => void;
  /** Told of what the tokens function answers, at the moment at which it leaves. */
  readonly onAnswer: (answered: Answered) => void;
}

/** `AuthorizerTtlSeconds` in template.yaml. */
const authorizerTtlSeconds = 60;

type LambdaFunction = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>;

const definition = readApiDefinition('template.yaml');
const domainName = `${ourApiId}.execute-api.${region}.amazonaws.com`;
const context = { apiId: ourApiId, accountId: platformAccount, stage: 'live', domainName, region };

/** The local gateway, without its server, in front of functions that can be killed. */
export function createApi(deps: ApiDependencies): Api {
  const { time } = deps;

  /** What Lambda makes of it: an answer, or an error where there is none in time. */
  const invoked = async <T>(life: Mortal, answer: Promise<T>): Promise<T> => {
    const lost = life.death.then((): 'lost' => 'lost');
    const late = time.sleep(functionTimeoutMs).then((): 'late' => 'late');
    const result = await Promise.race([answer, lost, late]);
    if (result === 'late') deps.onTimeout(life);
    if (result === 'late' || result === 'lost') throw new Error('no answer');
    return result;
  };

  const tokens = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const askedAtMs = time.nowMs();
    const { life, invoke } = deps.tokens();
    const answer = await invoked(life, invoke(event));
    deps.onAnswer({ process: life, event, answer, askedAtMs });
    return answer;
  };

  return createGateway({
    definition,
    context,
    authorizerTtlSeconds,
    keys: deps.keys,
    clock: () => new Date(time.nowMs()),
    throttle: { perSecond: 1_000, burst: 5_000 },
    authorizer(event) {
      const { life, invoke } = deps.authorizer();
      return invoked(life, invoke(event));
    },
    functions: new Map<string, LambdaFunction>([
      ['public', publicHandler],
      ['tokens', tokens],
    ]),
  });
}

const { logger, metrics } = createTelemetry();

/** Holds nothing that could break; one serves all runs. */
const publicHandler = createPublicHandler({
  caBundles,
  config: { version: '0.0.0', audience: `https://${domainName}`, signIn: null, region },
  apiId: ourApiId,
  log: aLog(),
  logger,
  metrics,
});
