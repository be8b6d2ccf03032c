import { Agent, request } from 'node:http';

/** Asks one server over connections that stay open. */
export interface HttpClient {
  /** Resolves with the status once the whole answer is there. */
  send(asked: HttpCall): Promise<number>;
  close(): void;
}

export interface HttpCall {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `connections` at most; what is asked beyond them waits for its turn. */
export function openClient(baseUrl: string, connections: number): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(baseUrl);
  return {
    close: () => agent.destroy(),
    send({ method = 'GET', path, headers = {}, body = '' }) {
      const options = { agent, hostname, port, method, path, headers };
      return new Promise((resolve, reject) => {
        request(options, (response) => {
          response.on('error', reject).on('end', () => resolve(response.statusCode ?? 0));
          response.resume();
        })
          .on('error', reject)
          .end(body);
      });
    },
  };
}

/** A call that must be answered with 200. @throws Error with the status of any other answer. */
export async function mustSucceed(client: HttpClient, asked: HttpCall): Promise<void> {
  const status = await client.send(asked);
  if (status !== 200) throw new Error(`${asked.path} was answered with ${status}`);
}
