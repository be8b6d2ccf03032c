import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { answerSts, type StsAnswer, type StsDependencies } from './sts-answer.ts';
import { callLog, type StsCalls } from './sts-calls.ts';
import { faultQueue, type StsFaults } from './sts-faults.ts';

/** A running stand-in for AWS STS. */
export interface LocalSts {
  /** For `AWS_ENDPOINT_URL_STS`: plain HTTP on a loopback port. */
  readonly url: string;
  readonly calls: StsCalls;
  readonly faults: StsFaults;
  /** Also ends connections that are being kept waiting. */
  close(): Promise<void>;
}

/**
 * Starts an STS that speaks the AWS query protocol (`AssumeRole`, `GetCallerIdentity`) on a free
 * loopback port, and enforces what AWS enforces: signatures, trust policies, the caller's own
 * policies, and the limits of every parameter.
 */
export async function startSts(dependencies: StsDependencies): Promise<LocalSts> {
  const [calls, faults] = [callLog(), faultQueue()];
  const server = createServer((request, response) => {
    serve(dependencies, { calls, faults }, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  dependencies: StsDependencies,
  state: {
    readonly calls: ReturnType<typeof callLog>;
    readonly faults: ReturnType<typeof faultQueue>;
  },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fault = state.faults.take();
  const { method = '', url = '', headers } = request;
  const body = await readBody(request);
  const answer = answerSts(dependencies, { method, url, headers, body }, fault);
  state.calls.add(answer.call);
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'slow') await delay(fault.delayMs, undefined, { ref: false });
  send(response, answer, dependencies.clock());
}

/** No request of these two actions comes near it: a policy is 2,048 characters at most. */
const maxBodyBytes = 65_536;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBodyBytes) throw new Error('the request body is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** The time is the clock's: the SDK corrects its own by it, and signs by that from then on. */
function send(response: ServerResponse, answer: StsAnswer, now: Date): void {
  const { status, requestId, body } = answer;
  response.writeHead(status, {
    date: now.toUTCString(),
    'content-type': 'text/xml',
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': requestId,
  });
  response.end(body);
}
