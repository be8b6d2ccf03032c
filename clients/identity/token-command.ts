import { spawn } from 'node:child_process';
import { ClientError } from '../api-client/client-error.ts';
import type { IdentitySource } from './identity-source.ts';

/** What is longer is no JWT. Bytes. */
const maxOutputBytes = 64 * 1024;
/** A command that asks a person would hang in every place where there is none. Milliseconds. */
export const longestCommandMs = 10_000;

/** A command that prints a JWT. The shell runs it, and what it writes to standard error is shown. */
export function tokenCommand(
  command: string,
  options: { readonly timeoutMs?: number } = {},
): IdentitySource {
  return {
    // Not the command itself: people put secrets on command lines.
    description: 'the output of --identity-command',
    read: () => outputOf(command, options.timeoutMs ?? longestCommandMs),
  };
}

function outputOf(command: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own: what the shell started must not outlive it, holding our pipe open.
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    const child = spawn('/bin/sh', ['-c', command], { stdio: [...stdio], detached: true });
    const end = (): void => endGroup(child.pid);
    // Who ends while it runs, as an agent that is told to, leaves nothing behind.
    process.once('exit', end);
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (): void => {
      clearTimeout(timer);
      process.off('exit', end);
      end();
      child.stdout?.destroy();
      reject(new ClientError('identity-unreadable'));
    };
    const timer = setTimeout(fail, timeoutMs);
    child.stdout?.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxOutputBytes) fail();
    });
    child.on('error', fail);
    child.on('close', (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(new ClientError('identity-unreadable'));
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
