import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { asClientError, ClientError } from './client-error.ts';
import type { Connections, OutgoingRequest } from './connections.ts';
import type { Deadline } from './deadline.ts';

/** A whole answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * Sends one request and reads its whole answer, from a server that may be slow, broken or not the API
 * at all. No redirect is followed. The body is counted as it comes, whatever its header says of its
 * length. Of an error only the status counts: where its body is too large or breaks off, the answer has
 * an empty one.
 *
 * @throws ClientError `unreachable`, `timeout`, `abandoned`, `answer-too-large`, `proxy-…`.
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
      const reading = bodyOf(incoming, maxBodyBytes);
      const body = await (status === 200 ? reading : reading.catch(() => ''));
      return { status, headers, body };
    }),
  );
}

/** Rejects with `ClientError` `answer-too-large` or `unreachable`; the connection is gone then. */
async function bodyOf(incoming: IncomingMessage, maxBodyBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += chunk.length;
      // Leaving the loop destroys the stream.
      if (size > maxBodyBytes) throw new ClientError('answer-too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    incoming.destroy();
    throw asClientError(error, 'unreachable');
  }
  return Buffer.concat(chunks).toString('utf8');
}
