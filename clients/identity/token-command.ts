import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { ClientError } from '../api-client/client-error.ts';
import { withinAttempt } from '../api-client/waits.ts';
import type { IdentitySource } from './identity-source.ts';
import { onceThisProcessEnds } from './process-end.ts';

/** What is longer is no JWT. Bytes. */
const maxOutputBytes = 64 * 1024;
/** A command that asks a person would hang in every place where there is none. Milliseconds. */
const longestCommandMs = 10_000;

/**
 * A command that prints a JWT. The shell runs it, and what it writes to standard error is shown.
 *
 * Reading rejects with `ClientError` `identity-unreadable` or `identity-command-late`.
 *
 * @param options.attemptMs What one attempt at the API may take, the identity included; milliseconds.
 */
export function tokenCommand(
  command: string,
  options: { readonly attemptMs?: number | undefined } = {},
): IdentitySource {
  return {
    description: 'the output of --identity-command',
    read: () => outputOf(command, withinAttempt(longestCommandMs, options.attemptMs)),
  };
}

async function outputOf(command: string, timeoutMs: number): Promise<string> {
  const child = spawn('/bin/sh', ['-c', command], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own: what the shell started must not outlive it, holding our pipe open.
    detached: true,
  });
  let givenUp: ClientError | undefined;
  const giveUp = (error: ClientError): void => {
    givenUp = error;
    endGroup(child.pid);
    child.stdout.destroy();
  };
  const text = gathered(child.stdout, () => giveUp(unreadable('prints more than a JWT')));
  const timer = setTimeout(giveUp, timeoutMs, new ClientError('identity-command-late'));
  const forget = onceThisProcessEnds(() => giveUp(unreadable('was interrupted')));
  const failure = await failureOf(child);
  clearTimeout(timer);
  forget();
  const error = givenUp ?? failure;
  if (error === undefined) return text();
  throw error;
}

/** Waits for its end. */
function failureOf(child: ChildProcess): Promise<ClientError | undefined> {
  return once(child, 'close').then(
    ([code, signal]) => (code === 0 ? undefined : unreadable(`ended with ${code ?? signal}`)),
    () => unreadable('cannot be started'),
  );
}

/** Says what became of the command, and not what it is: people put secrets on command lines. */
const unreadable = (what: string): ClientError =>
  new ClientError('identity-unreadable', { seen: `--identity-command ${what}.` });

/** What has come so far; `tooMuch` is told where that is more than a JWT. */
function gathered(stream: Readable, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxOutputBytes) tooMuch();
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
