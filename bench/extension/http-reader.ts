import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * Reads over one connection, one answer after the other. Knows as much of HTTP as finding an answer's
 * end takes: what a client costs, it costs on both sides of a comparison, and makes them look alike.
 */
export interface HttpReader {
  /** The next answer, head and body. Rejects when the connection ends before. */
  read(): Promise<string>;
  close(): void;
}

/** What to ask for: a GET of `path`. */
export interface HttpQuestion {
  readonly port: number;
  readonly path: string;
  /** As `X-Tokenvend-Token`. */
  readonly token: string;
}

/** Connects to 127.0.0.1. Rejects where nobody listens. */
export async function openReader(question: HttpQuestion): Promise<HttpReader> {
  const socket = connect({ host: '127.0.0.1', port: question.port, noDelay: true });
  await once(socket, 'connect');
  const request = requestOf(question);
  const answers = receive(socket);
  return {
    read() {
      const answer = answers();
      socket.write(request);
      return answer;
    },
    close: () => socket.destroy(),
  };
}

/** One answer over a connection of its own. */
export async function readOnce(question: HttpQuestion): Promise<string> {
  const reader = await openReader(question);
  try {
    return await reader.read();
  } finally {
    reader.close();
  }
}

/** Whether all of an answer with a `Content-Length` is there. Of characters that are bytes. */
export function isComplete(answer: string): boolean {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(answer.slice(0, headEnd + 2))?.[1];
  if (length === undefined) throw new Error('an answer without its length');
  return answer.length >= headEnd + 4 + Number(length);
}

function receive(socket: Socket): () => Promise<string> {
  let received = '';
  let settle = { answered: (_: string): void => undefined, ended: (_: Error): void => undefined };
  socket.setEncoding('latin1').on('data', (part) => {
    received += part;
    if (isComplete(received)) settle.answered(received);
  });
  const end = (): void => settle.ended(new Error('the connection ended'));
  socket.on('error', end).on('close', end);
  return () =>
    new Promise((answered, ended) => {
      received = '';
      settle = { answered, ended };
    });
}

function requestOf({ port, path, token }: HttpQuestion): string {
  const host = `Host: 127.0.0.1:${port}\r\n`;
  return `GET ${path} HTTP/1.1\r\n${host}X-Tokenvend-Token: ${token}\r\n\r\n`;
}
