import { type IncomingMessage, request } from 'node:http';

/** One call of Lambda's own API. */
export interface RuntimeCall {
  readonly method: 'GET' | 'POST';
  /** Below `/2020-01-01/extension/`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RuntimeAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What all paths of the Extensions API begin with. */
export const extensionPath = '/2020-01-01/extension/';

export type CallRuntime = (call: RuntimeCall) => Promise<RuntimeAnswer>;

/**
 * Calls the Extensions API. Without any time limit: an environment may be frozen for an hour within a
 * call, and no answer is how Lambda says "not yet". Each on a connection of its own, since a pooled one
 * would have to be known good after every freeze.
 *
 * @param address `AWS_LAMBDA_RUNTIME_API`: host and port.
 */
export function createRuntimeCall(address: string): CallRuntime {
  return ({ method, path, headers = {}, body = '' }) =>
    new Promise((resolve, reject) => {
      const url = `http://${address}${extensionPath}${path}`;
      const length = { 'content-length': String(Buffer.byteLength(body)) };
      const options = { method, agent: false, headers: { ...headers, ...length } };
      request(url, options, (incoming) => {
        readAll(incoming).then(resolve, reject);
      })
        .on('error', reject)
        .end(body);
    });
}

async function readAll(incoming: IncomingMessage): Promise<RuntimeAnswer> {
  incoming.setEncoding('utf8');
  let body = '';
  for await (const chunk of incoming) body += chunk;
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body };
}
