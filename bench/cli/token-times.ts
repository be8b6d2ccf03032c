import { identityOf, nightlyCredentials } from '../../local/callers.ts';
import { compared, type Measurement } from '../measurement.ts';
import { lowerQuartile } from '../side-by-side.ts';
import type { StackBehindTls } from '../stack-behind-tls.ts';
import { awsVariables, generateToken, installAwsCli } from './aws-cli.ts';
import { type Command, printToken } from './command.ts';
import type { PackagedCli } from './packaged-cli.ts';

/** Half of what a person waits for today, although an API is asked on the way. */
const budget = 0.5;

/** Of each. */
const runs = 15;

/** Whole processes that print a token, against the AWS CLI's. */
export async function measureTokens(
  { stack }: StackBehindTls,
  cli: PackagedCli,
): Promise<Measurement[]> {
  await installAwsCli();
  const credentials = nightlyCredentials(stack);
  const jwt = await identityOf(stack, 'orders-pod');
  const [peers, withJwt, withIam] = await inTurn([
    generateToken(credentials, cli.folder),
    cli.command(['token', 'orders'], { TOKENVEND_IDENTITY_TOKEN: jwt }),
    cli.command(['token', 'orders', '--auth', 'iam'], awsVariables(credentials)),
  ]);
  const peer = lowerQuartile(peers ?? []);
  const against = (name: string, times: readonly number[] = []): Measurement =>
    compared(name, 'ms', { value: lowerQuartile(times), peer }, budget);
  return [
    against('token with a JWT, whole process / aws rds generate-db-auth-token', withJwt),
    against('token --auth iam, whole process / aws rds generate-db-auth-token', withIam),
  ];
}

/** Milliseconds of every run, for each command, after one that does not count. */
async function inTurn(commands: readonly Command[]): Promise<number[][]> {
  for (const command of commands) await printToken(command);
  const times: number[][] = commands.map(() => []);
  for (let done = 0; done < runs; done++) {
    for (const [at, command] of commands.entries()) times[at]?.push(await timed(command));
  }
  return times;
}

async function timed(command: Command): Promise<number> {
  const startedAtMs = performance.now();
  await printToken(command);
  return performance.now() - startedAtMs;
}
