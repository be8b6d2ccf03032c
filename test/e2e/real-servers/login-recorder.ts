import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { negotiate } from '../../../local/database/negotiation.ts';
import {
  cleartextPasswordRequest,
  readFirstPacket,
  readPassword,
} from '../../../local/database/wire-protocol.ts';
import type { KeyedCertificate } from '../../../local/pki.ts';

/** One login as the server was told of it. */
export interface RecordedLogin {
  /** The name that the client verifies, from TLS's server name indication (RFC 6066 section 3). */
  readonly host: string | false | null;
  readonly user: string | undefined;
  readonly database: string | undefined;
  readonly applicationName: string | undefined;
  readonly password: string | undefined;
}

export interface LoginRecorder {
  readonly port: number;
  /** The logins since it was asked last. */
  take(): readonly RecordedLogin[];
  close(): Promise<void>;
}

/**
 * A PostgreSQL server of a few messages: on loopback, TLS only, asks for the password in clear text,
 * writes everything down, lets everybody in and hears no query.
 */
export async function recordLogins(certificate: KeyedCertificate): Promise<LoginRecorder> {
  const logins: RecordedLogin[] = [];
  const { certificatePem: cert, privateKeyPem: key } = certificate;
  const encrypted = createTlsServer({ cert, key }, (client) =>
    runStage(client, async () => {
      logins.push(await login(client));
    }),
  ).on('tlsClientError', (_error, client) => client.destroy());
  const plain = createServer((socket) =>
    runStage(socket, async () => {
      if ((await negotiate(socket, noBackend)) === 'encrypt') encrypted.emit('connection', socket);
    }),
  ).listen(0, '127.0.0.1');
  await once(plain, 'listening');
  return {
    port: portOf(plain.address()),
    take: () => logins.splice(0),
    close: async () => {
      plain.close();
      await once(plain, 'close');
    },
  };
}

/** Where cancel requests would go: nobody here cancels anything. */
const noBackend = '/nonexistent';

function runStage(socket: Socket, stage: () => Promise<void>): void {
  socket.on('error', () => {});
  stage().catch(() => socket.destroy());
}

/** AuthenticationOk (`R`, length 8, code 0) and ReadyForQuery (`Z`, length 5, idle). */
const welcome = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1');

async function login(client: TLSSocket): Promise<RecordedLogin> {
  const packet = await readFirstPacket(client);
  if (packet?.kind !== 'startup') throw new Error('not a startup message');
  client.write(cleartextPasswordRequest);
  const password = await readPassword(client);
  client.write(welcome);
  // With input left unread, the client's hanging up would go unnoticed.
  client.resume();
  const parameters = parametersOf(packet.bytes);
  return {
    host: client.servername,
    user: parameters.get('user'),
    database: parameters.get('database'),
    applicationName: parameters.get('application_name'),
    password,
  };
}

/** After length and version: `name\0value\0…\0` (PostgreSQL protocol, StartupMessage). */
function parametersOf(startup: Buffer): ReadonlyMap<string, string> {
  const fields = startup.toString('utf8', 8).split('\0');
  return new Map(
    fields.flatMap((name, at) => (at % 2 === 0 ? [[name, fields[at + 1] ?? ''] as const] : [])),
  );
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('not a TCP listener');
  return address.port;
}
