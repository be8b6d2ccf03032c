import { request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request on a connection of its own, without a time limit: answers may take for ever. */
export function ask(address: string, path: string, asked: Asked = {}): Promise<Seen> {
  const { method = 'GET', headers = {}, body } = asked;
  return new Promise((resolve, reject) => {
    const outgoing = request(`http://${address}${path}`, { method, headers, agent: false });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      const { statusCode = 0, headers: received } = incoming;
      text(incoming).then(
        (content) => resolve({ status: statusCode, headers: received, body: content }),
        reject,
      );
    });
    outgoing.end(body);
  });
}

/** A row's cell: the status, and what kind of answer it was. Sentences may differ. */
export function brief({ status, body }: Pick<Seen, 'status' | 'body'>): string {
  const content = objectIn(body);
  if (content === undefined) return body === '' ? `${status}` : `${status} text`;
  const { errorType, status: done } = content;
  const kind = errorType ?? done ?? Object.keys(content).sort().join(',');
  return `${status} ${kind}`;
}

/** The JSON object in `body`; `undefined` where there is none. */
export function objectIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(body);
    return isObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
