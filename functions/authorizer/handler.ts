import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { type AuditSink, draftOf } from '../../core/audit.ts';
import { openTrail } from '../../core/audit-trail.ts';
import { VendError } from '../../core/errors.ts';
import type { JwtIdentity } from '../../core/identity.ts';
import { inTime } from '../../core/in-time.ts';
import { encodeIdentity } from '../../core/jwt-identity.ts';
import type { Log } from '../../core/log.ts';
import { sessionNameOf } from '../../core/session.ts';
import { errorType } from '../middleware/error-type.ts';
import { factsOf } from '../middleware/request.ts';
import { bearerToken } from './bearer-token.ts';

export interface AuthorizerDependencies {
  /** Rejects with `VendError`: `UNAUTHENTICATED` for "no", any other code for "cannot tell". */
  readonly verify: (jwt: string) => Promise<JwtIdentity>;
  readonly audit: AuditSink;
  readonly clock: () => Date;
  readonly ids: () => string;
  readonly log: Log;
}

/**
 * Answers API Gateway's REQUEST authorizer events, or throws one of the two errors below.
 *
 * @param outOfTime Resolves when there is only time left to record that there was too little. Without it there
 *   is no limit.
 */
export type AuthorizerHandler = (
  event: APIGatewayRequestAuthorizerEvent,
  outOfTime?: Promise<void>,
) => Promise<APIGatewayAuthorizerResult>;

/** A promise each: one that is kept for ever would keep all who ever waited for it. */
const noLimit = () => new Promise<void>(() => undefined);

/**
 * Says who is asking, and never what they may do: the answer is cached, and a cached decision would
 * outlive a change of the registry.
 *
 * API Gateway understands two ways to fail. The exact message `Unauthorized` becomes a 401. Any other
 * becomes AUTHORIZER_FAILURE, which the template's gateway response turns into our 503 problem: it
 * stands for "could not find out", so that a client tries again instead of fetching a new identity.
 * Every failure is recorded, and refused even if the record cannot be written.
 */
export function createAuthorizerHandler(deps: AuthorizerDependencies): AuthorizerHandler {
  return async (event, outOfTime = noLimit()) => {
    try {
      return allow(event.methodArn, await inTime(outOfTime, identify(deps, event)));
    } catch (error) {
      await record(deps, event, error);
      throw new Error(isRefusal(error) ? 'Unauthorized' : 'AuthorizerUnavailable');
    }
  };
}

async function identify(
  deps: AuthorizerDependencies,
  event: APIGatewayRequestAuthorizerEvent,
): Promise<JwtIdentity> {
  const jwt = bearerToken(event);
  if (jwt === undefined) throw new VendError('UNAUTHENTICATED', 'identity-missing');
  return deps.verify(jwt);
}

function allow(methodArn: string, identity: JwtIdentity): APIGatewayAuthorizerResult {
  return {
    principalId: sessionNameOf(identity),
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: wholeStage(methodArn) },
      ],
    },
    context: { identity: encodeIdentity(identity) },
  };
}

/** `arn:…:api-id/stage/GET/v1/whoami`. The cached answer serves every route, so it has to fit them all. */
function wholeStage(methodArn: string): string {
  const [api = '', stage = ''] = methodArn.split('/');
  if (api === '' || stage === '') throw new VendError('INTERNAL', 'forged-event');
  return `${api}/${stage}/*/*`;
}

async function record(
  deps: AuthorizerDependencies,
  event: APIGatewayRequestAuthorizerEvent,
  error: unknown,
): Promise<void> {
  if (!(error instanceof VendError)) {
    deps.log.error('UNEXPECTED_ERROR', { type: errorType(error) });
  }
  const draft = draftOf({ vendId: deps.ids(), now: deps.clock(), facts: factsOf(event) });
  try {
    await openTrail(deps.audit, draft).failed(error);
  } catch {
    // The sink has said so itself; nothing is handed out that a record would have to precede.
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof VendError && error.code === 'UNAUTHENTICATED';
}
