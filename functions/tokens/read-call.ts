import type { APIGatewayProxyEvent } from 'aws-lambda';
import { draftOf } from '../../core/audit.ts';
import { openTrail } from '../../core/audit-trail.ts';
import type { Identity } from '../../core/identity.ts';
import type { VendCall, VendDependencies } from '../../core/vend.ts';
import { parseVendRequest } from '../../core/vend-request.ts';
import { apiUrlOf, factsOf, identityOf } from '../middleware/request.ts';
import { type TokenFormat, tokenFormatOf } from './format.ts';

export interface TokensCall extends Omit<VendCall, 'outOfTime'> {
  readonly format: TokenFormat;
}

/**
 * Reads a proxy event into a call. An event that cannot be read is an attempt too, and is recorded,
 * with its caller: who sends a role ARN in the body may be probing.
 *
 * @throws VendError `UNAUTHENTICATED` or `INVALID_REQUEST`
 */
export async function readCall(
  deps: Pick<VendDependencies, 'audit' | 'clock' | 'ids'> & {
    readonly publicUrl: string | undefined;
  },
  event: APIGatewayProxyEvent,
): Promise<TokensCall> {
  const facts = factsOf(event);
  let identity: Identity | undefined;
  try {
    identity = identityOf(event);
    return {
      facts,
      identity,
      format: tokenFormatOf(event),
      wish: parseVendRequest(bodyOf(event)),
      apiUrl: apiUrlOf(event, deps.publicUrl),
    };
  } catch (error) {
    const known = identity === undefined ? {} : { identity };
    const draft = draftOf({ vendId: deps.ids(), now: deps.clock(), facts, ...known });
    await openTrail(deps.audit, draft).failed(error);
    throw error;
  }
}

function bodyOf({ body, isBase64Encoded }: APIGatewayProxyEvent): string | null {
  return body !== null && isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}
