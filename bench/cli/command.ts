import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A program with all that it is given: nothing of ours is inherited. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a command to its end. Rejects unless it printed a signed token: a refusal is quicker than one. */
export async function printToken({ file, args, env }: Command): Promise<void> {
  const { stdout } = await promisify(execFile)(file, args, { env });
  if (!/^[\w.-]+:\d+\/\?\S*X-Amz-Signature=/.test(stdout)) throw new Error('no token was printed');
}
