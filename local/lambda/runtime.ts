import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

/**
 * A program: runs the handler that `_HANDLER` names (`file.export`, below `LAMBDA_TASK_ROOT`) for every
 * invocation, as the managed Node.js runtime does. Without that runtime's console format and streaming.
 */
const {
  AWS_LAMBDA_RUNTIME_API: api = '',
  LAMBDA_TASK_ROOT: root = '',
  _HANDLER: name = '',
} = process.env;

type Handler = (event: unknown, context: HandlerContext) => unknown;

interface HandlerContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly functionName: string | undefined;
  getRemainingTimeInMillis(): number;
}

async function main(): Promise<void> {
  const handler = await loadHandler().catch(async (error: unknown) => {
    await post('init/error', errorOf(error));
    process.exit(1);
  });
  const pollers = Number(process.env.AWS_LAMBDA_MAX_CONCURRENCY ?? 1);
  await Promise.all(Array.from({ length: pollers }, () => serve(handler)));
}

async function serve(handler: Handler): Promise<never> {
  for (;;) {
    const { headers, body } = await call('GET', 'invocation/next');
    const context = contextOf((header) => `${headers[header] ?? ''}`);
    const path = `invocation/${context.awsRequestId}`;
    try {
      const result = await handler(JSON.parse(body), context);
      await post(`${path}/response`, JSON.stringify(result ?? null));
    } catch (error) {
      await post(`${path}/error`, errorOf(error));
    }
  }
}

async function loadHandler(): Promise<Handler> {
  const dot = name.lastIndexOf('.');
  const base = join(root, name.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs', '.ts'].map((ending) => base + ending).find(isReadable);
  if (file === undefined) throw new TypeError(`no module for the handler ${name}`);
  const module: Record<string, unknown> = await import(pathToFileURL(file).href);
  const handler = module[name.slice(dot + 1)];
  if (!isHandler(handler)) throw new TypeError(`${name} is not a function`);
  return handler;
}

function isReadable(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

function contextOf(header: (name: string) => string): HandlerContext {
  const deadlineMs = Number(header('lambda-runtime-deadline-ms'));
  return {
    awsRequestId: header('lambda-runtime-aws-request-id'),
    invokedFunctionArn: header('lambda-runtime-invoked-function-arn'),
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

/** In the form of the managed runtime, without a stack. */
function errorOf(error: unknown): string {
  const { name: errorType, message: errorMessage } =
    error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({ errorType, errorMessage });
}

interface Answer {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

async function post(path: string, body: string): Promise<void> {
  await call('POST', path, body);
}

/** Not `fetch`, which gives up after five minutes: a frozen function waits longer. */
function call(method: 'GET' | 'POST', path: string, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`http://${api}/2018-06-01/runtime/${path}`, { method, agent: false });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      text(incoming).then((answer) => resolve({ headers: incoming.headers, body: answer }), reject);
    });
    outgoing.end(body);
  });
}

await main();
