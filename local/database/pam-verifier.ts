import { once } from 'node:events';
import { chmod, chown } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Refusal, TokenCheck } from './login.ts';
import type { UnprivilegedUser } from './unprivileged-user.ts';

/** Who decides about a password that came by PAM, and who hears of the refused ones. */
export interface PamDecisions {
  readonly checkToken: TokenCheck;
  readonly onRefusal: (refusal: Pick<Refusal, 'user' | 'reason'>) => void;
}

export interface VerifierOptions extends PamDecisions {
  /** Of the Unix socket to listen on, in a folder that no stranger can write to. */
  readonly socketPath: string;
  /** The only account, besides root, that may ask. */
  readonly account: UnprivilegedUser;
  /** The only PAM service that is asked about. */
  readonly service: string;
}

/** More than PAM carries: PostgreSQL takes passwords of up to 65,535 bytes. */
const maxBodyBytes = 128 * 1024;

/**
 * Answers 200 to a POST of `service NUL user NUL token` if the token opens the database for the user, and
 * 403 to everything else. The kernel checks who asks: no stranger can open the socket.
 */
export async function listenForPam(options: VerifierOptions): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => request.destroy());
  });
  server.listen(options.socketPath);
  await once(server, 'listening');
  await chown(options.socketPath, options.account.uid, options.account.gid);
  await chmod(options.socketPath, 0o600);
  return {
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  options: VerifierOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!(Number(request.headers['content-length']) <= maxBodyBytes)) {
    response.writeHead(403).end();
    return;
  }
  const accepted = await decide(options, (await buffer(request)).toString());
  response.writeHead(accepted ? 200 : 403).end();
}

/** An environment variable holds no NUL, so that nothing in a name can be taken for the next part. */
async function decide(options: VerifierOptions, question: string): Promise<boolean> {
  const [service, user, token, ...rest] = question.split('\0');
  if (service !== options.service || !user || !token || rest.length > 0) return false;
  const reason = await reasonToRefuse(options, { user, token });
  if (reason !== undefined) options.onRefusal({ user, reason });
  return reason === undefined;
}

async function reasonToRefuse(
  { checkToken }: VerifierOptions,
  attempt: Parameters<TokenCheck>[0],
): Promise<string | undefined> {
  try {
    const result = await checkToken(attempt);
    return result.ok ? undefined : result.reason;
  } catch {
    return 'check-failed';
  }
}
