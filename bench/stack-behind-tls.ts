import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { createCertificateAuthority } from '../local/pki.ts';
import { type RunningPart, runningParts } from '../local/running-parts.ts';
import { startTestStack, type TestStack } from '../test/integration/support/test-stack.ts';

/** The local stack as clients reach a real API: over TLS, which is most of what a short process does. */
export interface StackBehindTls extends RunningPart {
  readonly stack: TestStack;
  /** `https://localhost:…`. */
  readonly apiUrl: string;
  /** PEM file of the root behind the API's certificate. */
  readonly apiCaFile: string;
  /** From now on, what comes over a new connection reaches the API this much later; milliseconds. */
  delay(ms: number): void;
}

/** Starts the stack, without PostgreSQL, and TLS in front of it. */
export async function openStackBehindTls(clock = () => new Date()): Promise<StackBehindTls> {
  const parts = runningParts();
  try {
    const stack = await parts.add(startTestStack({ clock }));
    const authority = await createCertificateAuthority({ commonName: 'bench API root', clock });
    const apiCaFile = join(stack.directory, 'api-ca.pem');
    await writeFile(apiCaFile, authority.certificatePem);
    const { certificatePem: cert, privateKeyPem: key } = await authority.issueServer(['localhost']);
    const front = await parts.add(startFront({ cert, key }, Number(new URL(stack.apiUrl).port)));
    const apiUrl = `https://localhost:${front.port}`;
    return { stack, apiUrl, apiCaFile, delay: front.delay, close: () => parts.close() };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

interface Front extends RunningPart {
  readonly port: number;
  delay(ms: number): void;
}

async function startFront(
  identity: { readonly cert: string; readonly key: string },
  port: number,
): Promise<Front> {
  let delayMs = 0;
  const open = new Set<TLSSocket>();
  const server = createServer(identity, (socket) => {
    open.add(socket.on('close', () => open.delete(socket)));
    socket.on('error', () => socket.destroy());
    if (delayMs === 0) passOn(socket, port);
    else setTimeout(() => passOn(socket, port), delayMs);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP listener');
  return {
    port: address.port,
    delay: (ms) => {
      delayMs = ms;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** Either side's end, however it came, is the other's. */
function passOn(outer: TLSSocket, port: number): void {
  const inner = connect({ host: '127.0.0.1', port });
  outer.on('close', () => inner.destroy());
  inner.on('error', () => outer.destroy()).on('close', () => outer.destroy());
  outer.pipe(inner).pipe(outer);
}
