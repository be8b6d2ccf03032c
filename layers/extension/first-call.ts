import { connect, type Socket } from 'node:net';
import {
  type CallRuntime,
  extensionPath,
  type RuntimeAnswer,
  type RuntimeCall,
} from './runtime-call.ts';

/**
 * Opens a connection for the first call, which is the registration: the function's runtime starts when it
 * arrives, so that every cold start waits for whatever comes before. It is written by hand because
 * node:http takes five milliseconds to load and set up; the connection comes about beside other work,
 * and the request is on its way when the call returns.
 *
 * Understands one answer, a success, and of that the head. Whatever else comes, or nothing, the call is
 * made once more by `ordinary`, which reads errors; all calls after the first are made by that as well.
 *
 * @param address `AWS_LAMBDA_RUNTIME_API`: host and port.
 * @returns when the connection is open, or cannot be had. Never rejects.
 */
export async function openFirstCall(address: string, ordinary: CallRuntime): Promise<CallRuntime> {
  const at = `http://${address}`;
  if (!URL.canParse(at)) return ordinary;
  const { host, hostname, port } = new URL(at);
  let unused = await opened({ host: hostname, port: Number(port || 80) });
  return async (call) => {
    const socket = unused;
    unused = undefined;
    const answer = socket && (await ask(socket, requestOf(call, host)));
    return answer ?? ordinary(call);
  };
}

function opened(to: { readonly host: string; readonly port: number }): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(to, () => resolve(socket));
    socket.on('error', () => resolve(undefined));
  });
}

function requestOf({ method, path, headers = {}, body = '' }: RuntimeCall, host: string): string {
  const length = String(Buffer.byteLength(body));
  const fields = { host, ...headers, 'content-length': length, connection: 'close' };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${extensionPath}${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

function ask(socket: Socket, request: string): Promise<RuntimeAnswer | undefined> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      resolve(successIn(text.slice(0, end)));
      // Whatever the other side thinks of keeping it: nobody would use it, or notice its end.
      socket.destroy();
    });
    // Hung up on before it was used, it has closed already, and will not say so again.
    if (socket.closed) resolve(undefined);
    socket.on('close', () => resolve(undefined));
    socket.write(request);
  });
}

function successIn(head: string): RuntimeAnswer | undefined {
  const [status = '', ...lines] = head.split('\r\n');
  if (!/^HTTP\/1\.[01] 200\b/.test(status)) return undefined;
  const fields = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { status: 200, headers: Object.fromEntries(fields), body: '' };
}
