import { ClientError } from '../api-client/client-error.ts';
import { createConnections, type OutgoingRequest } from '../api-client/connections.ts';
import { startDeadline } from '../api-client/deadline.ts';
import { exchange } from '../api-client/exchange.ts';
import { parseAnswer } from '../api-client/parse-answer.ts';
import { problemOf } from '../api-client/read-problem.ts';
import type { TokenRequest } from '../api-client/token-request.ts';
import type { Machine } from './machine.ts';
import type { Settings } from './settings.ts';
import type { Vend } from './vending.ts';

/** A token and the CA bundle of one Region have 14 KB. */
const maxBodyBytes = 64 * 1024;

/**
 * Tokens from the extension on loopback, which keeps the cache.
 *
 * Waits for longer than the extension does, which itself waits for the API: it then says what happened.
 *
 * Rejects with `ClientError`: `credentials-missing` where this process has nothing to show to it,
 * `unreachable` where nobody listens, and whatever the extension answers.
 */
export function extensionVend(
  {
    extensionPort,
    extensionWaitMs: timeoutMs,
  }: Pick<Settings, 'extensionPort' | 'extensionWaitMs'>,
  { env, clock }: Pick<Machine, 'env' | 'clock'>,
): Vend {
  const connections = createConnections({ clock });
  return async (request) => {
    const outgoing = requestOf(request, extensionPort, proofIn(env));
    const deadline = startDeadline({ timeoutMs, clock });
    try {
      const answer = await exchange(connections, outgoing, { deadline, maxBodyBytes });
      if (answer.status !== 200) throw problemOf(answer);
      return parseAnswer(answer.body);
    } finally {
      deadline.clear();
    }
  };
}

/** Known to the processes of this execution environment and to nobody else. */
function proofIn(env: Machine['env']): string {
  const proof = env.AWS_SESSION_TOKEN || env.AWS_CONTAINER_AUTHORIZATION_TOKEN || '';
  // A line break would begin a header of somebody else's choice.
  if (!/^[\x21-\x7e]+$/.test(proof)) throw new ClientError('credentials-missing');
  return proof;
}

function requestOf(request: TokenRequest, port: number, proof: string): OutgoingRequest {
  const { database, user, team, inlineCa, fresh } = request;
  const url = new URL(`http://127.0.0.1:${port}/v1/tokens`);
  const parameters = { database, user, team, inlineCa, fresh };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== false) url.searchParams.set(name, String(value));
  }
  return {
    method: 'GET',
    url,
    headers: { accept: 'application/json', 'x-tokenvend-token': proof },
  };
}
