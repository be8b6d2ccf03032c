import { connect, type Socket } from 'node:net';
import {
  type CallRuntime,
  extensionPath,
  type RuntimeAnswer,
  type RuntimeCall,
} from './runtime-call.ts';

/**
 * Opens a connection for the first call, the registration. The function's runtime starts when the
 * registration arrives, so every cold start waits for whatever comes before. The request is written by
 * hand, because `node:http` takes five milliseconds to load and set up. The connection is made beside
 * other work, and the request has left when the call returns.
 *
 * Only one answer is understood, a success, and of that only the head. After any other answer, or none,
 * the call is made once more by `ordinary`, which reads errors and also makes all later calls.
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
      // The connection ends after this answer even if Lambda would keep it open: nobody uses it
      // again, or would notice its end.
      socket.destroy();
    });
    // A connection that the other side closed before we used it sends no further event.
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
