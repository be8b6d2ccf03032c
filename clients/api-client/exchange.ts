import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { ClientError } from './client-error.ts';
import type { Connections, OutgoingRequest } from './connections.ts';
import type { Deadline } from './deadline.ts';

/** A whole answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * One request and its whole answer, from a server that may be slow, broken or not the API at all. No
 * redirect is followed. The body is counted as it comes, whatever its header says of its length. Of an
 * error the status is what counts: one with too much of a body is an answer without one.
 *
 * @throws ClientError `unreachable`, `timeout`, `abandoned`, `answer-too-large`.
 */
export function exchange(
  connections: Connections,
  request: OutgoingRequest,
  limits: { readonly deadline: Deadline; readonly maxBodyBytes: number },
): Promise<Answer> {
  const { deadline, maxBodyBytes } = limits;
  return deadline.bound(
    connections.send(request, deadline.signal).then(async (incoming) => {
      const { statusCode: status = 0, headers } = incoming;
      const body = await bodyOf(incoming, maxBodyBytes);
      if (body === undefined && status === 200) throw new ClientError('answer-too-large');
      return { status, headers, body: body ?? '' };
    }),
  );
}

/** `undefined` where it is larger than it may be; the connection is gone then. */
async function bodyOf(
  incoming: IncomingMessage,
  maxBodyBytes: number,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += chunk.length;
      // Leaving the loop destroys the stream.
      if (size > maxBodyBytes) return undefined;
      chunks.push(chunk);
    }
  } catch {
    incoming.destroy();
    throw new ClientError('unreachable');
  }
  return Buffer.concat(chunks).toString('utf8');
}
