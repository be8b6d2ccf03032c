import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { forwardCancel, refuse } from './negotiation.ts';
import { rdsErrors } from './rds-errors.ts';
import {
  cleartextPasswordRequest,
  readFirstPacket,
  readPassword,
  type Startup,
} from './wire-protocol.ts';

export interface LoginDependencies {
  /** The server's Unix socket, which trusts whoever may open it. */
  readonly backendPath: string;
  /** Whether the user has the role `rds_iam`. */
  readonly usesIam: (user: string) => Promise<boolean>;
  readonly checkToken: TokenCheck;
  readonly onRefusal: (refusal: Refusal) => void;
}

export type TokenCheck = (attempt: {
  readonly token: string;
  readonly user: string;
}) => Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;

/** What the server's own log would say about a refused login. Never sent to the client, never holds the token. */
export interface Refusal {
  readonly user: string;
  readonly database: string;
  /** `password-unreadable`, `not-rds-iam`, `check-failed`, or the reason that the token check gave. */
  readonly reason: string;
}

/**
 * The part of a connection inside TLS: startup, clear-text password, check. Resolves when the
 * session has been joined with the server, or is over.
 */
export async function login(deps: LoginDependencies, client: Socket): Promise<void> {
  const packet = await readFirstPacket(client);
  if (packet?.kind === 'cancel') return forwardCancel(client, packet.bytes, deps.backendPath);
  if (packet?.kind !== 'startup') {
    client.destroy();
    return;
  }
  client.write(cleartextPasswordRequest);
  const token = await readPassword(client);
  const reason = await reasonToRefuse(deps, packet.user, token);
  if (reason === undefined) return join(deps.backendPath, client, packet);
  deps.onRefusal({ user: packet.user, database: packet.database, reason });
  await refuse(client, responseTo(reason, packet.user));
}

async function reasonToRefuse(
  deps: LoginDependencies,
  user: string,
  token: string | undefined,
): Promise<string | undefined> {
  if (!token) return 'password-unreadable';
  try {
    if (!(await deps.usesIam(user))) return 'not-rds-iam';
    const result = await deps.checkToken({ token, user });
    return result.ok ? undefined : result.reason;
  } catch {
    return 'check-failed';
  }
}

function responseTo(reason: string, user: string): Buffer {
  return reason === 'not-rds-iam' ? rdsErrors.passwordRefused(user) : rdsErrors.tokenRefused(user);
}

/** The server sees the startup packet as the client wrote it, and sends AuthenticationOk itself. */
async function join(backendPath: string, client: Socket, startup: Startup): Promise<void> {
  const backend = connect(backendPath);
  try {
    await once(backend, 'connect');
  } catch {
    await refuse(client, rdsErrors.unavailable());
    return;
  }
  backend.on('error', () => client.destroy());
  backend.write(startup.bytes);
  client.pipe(backend).pipe(client);
  client.once('close', () => backend.destroy());
  backend.once('close', () => client.destroySoon());
  // The login's time may have run out while the token was checked.
  if (client.destroyed) backend.destroy();
}
