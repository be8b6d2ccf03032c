import { request } from 'node:http';
import { z } from 'zod';

export interface HttpRequest {
  readonly method?: string;
  /** Path and query, sent as they are. */
  readonly path: string;
  /** In this order and spelling; a name may come twice. `Host` is added. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends exactly what it is told to, over a socket of its own: `fetch` would mend and forbid headers. */
export function exchange(baseUrl: string, asked: HttpRequest): Promise<HttpAnswer> {
  const { host, hostname, port } = new URL(baseUrl);
  const { method = 'GET', path, body = '', headers = [], signal } = asked;
  const length: [string, string][] =
    body === '' ? [] : [['Content-Length', String(Buffer.byteLength(body))]];
  const all = [['Host', host] as const, ...headers, ...length].flat();
  return new Promise((resolve, reject) => {
    request({ hostname, port, method, path, headers: all, agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    })
      .on('error', reject)
      .end(body);
  });
}

const problemShape = z.looseObject({
  code: z.string(),
  requestId: z.string(),
  retryable: z.boolean(),
  hint: z.string().optional(),
});

/** The body of an answer that is a problem document. */
export function problemOf({ text }: HttpAnswer): z.infer<typeof problemShape> {
  return problemShape.parse(JSON.parse(text));
}

/** Status and code, as in `403 DENIED`; for an answer with a token, `200`. */
export function outcomeOf(answer: HttpAnswer): string {
  return answer.status === 200 ? '200' : `${answer.status} ${problemOf(answer).code}`;
}

const vendedShape = z.looseObject({
  id: z.string(),
  token: z.string(),
  issuedAt: z.coerce.date(),
  expiresAt: z.coerce.date(),
  expiresIn: z.number(),
  refreshAfter: z.coerce.date(),
  team: z.string(),
  user: z.string(),
});

/** The body of an answer that holds a token. */
export type Vended = z.infer<typeof vendedShape>;

/** @throws Error with the answer where it holds none. */
export function vendedOf({ status, text }: HttpAnswer): Vended {
  if (status !== 200) throw new Error(`no token, but ${status}: ${text}`);
  return vendedShape.parse(JSON.parse(text));
}
