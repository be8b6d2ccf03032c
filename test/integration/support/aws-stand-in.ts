import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers by action, each the XML inside `<ActionResult>`; a number is a refusal with that status. */
export type Answers = Readonly<Record<string, string | number>>;

/** A stand-in for STS, IAM and RDS on loopback: their query protocol, and the answers that it was given. */
export interface AwsStandIn {
  readonly url: string;
  /** Actions in the order in which they came. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

export async function startAwsStandIn(answers: Answers): Promise<AwsStandIn> {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    const action = new URLSearchParams(await bodyOf(request)).get('Action') ?? '';
    calls.push(action);
    const answer = answers[action] ?? 400;
    const isRefusal = typeof answer === 'number';
    response.writeHead(isRefusal ? answer : 200, { 'content-type': 'text/xml' });
    response.end(isRefusal ? refusal : resultOf(action, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    calls,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const resultOf = (action: string, inner: string): string =>
  `<${action}Response><${action}Result>${inner}</${action}Result>` +
  `<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;

const refusal =
  '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>' +
  '<Message>planted-message</Message></Error><RequestId>1</RequestId></ErrorResponse>';
