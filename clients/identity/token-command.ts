import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { ClientError, type ClientErrorReason } from '../api-client/client-error.ts';
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
    // Not the command itself: people put secrets on command lines.
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
  let failure: ClientErrorReason | undefined;
  const giveUp = (reason: ClientErrorReason): void => {
    failure = reason;
    endGroup(child.pid);
    child.stdout.destroy();
  };
  const text = gathered(child.stdout, () => giveUp('identity-unreadable'));
  const timer = setTimeout(giveUp, timeoutMs, 'identity-command-late');
  const forget = onceThisProcessEnds(() => giveUp('identity-unreadable'));
  const isGood = await once(child, 'close').then(
    ([code]) => code === 0,
    () => false,
  );
  clearTimeout(timer);
  forget();
  if (failure === undefined && isGood) return text();
  throw new ClientError(failure ?? 'identity-unreadable');
}

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
