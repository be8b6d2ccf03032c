import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAnswer } from '../../../clients/api-client/parse-answer.ts';

/**
 * A program beside the agent: reads a target's files as fast as it can until standard input ends, and
 * prints how often it did, and each thing that must never be seen.
 */
const [folder = ''] = process.argv.slice(2);
const seen = new Set<string>();
let rounds = 0;
let isOver = false;

function read(name: string): string | undefined {
  const path = join(folder, name);
  try {
    const mode = lstatSync(path).mode & 0o777;
    if (mode !== 0o600) seen.add(`${name} with mode ${mode.toString(8)}`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function look(): void {
  const json = read('connection.json');
  const password = read('password');
  const passfile = read('pgpass');
  const service = read('pg_service.conf');
  // Read last: what was there before must have had its CA before.
  const ca = read('ca.pem');
  const hasToken = json !== undefined || password !== undefined || passfile !== undefined;
  if (hasToken && ca === undefined) seen.add('a token without its CA');
  if (json !== undefined && password === undefined) seen.add('connection.json before the others');
  if (password !== undefined && !password.endsWith('X-Amz-SignedHeaders=host')) {
    seen.add('half a password');
  }
  if (passfile !== undefined && !passfile.endsWith('host\n')) seen.add('half a pgpass');
  if (service !== undefined && !service.endsWith('/pgpass\n')) seen.add('half a service file');
  if (ca !== undefined && !ca.endsWith('-----END CERTIFICATE-----\n')) seen.add('half a CA');
  if (json !== undefined) expectWhole(json);
}

function expectWhole(json: string): void {
  try {
    parseAnswer(json);
  } catch {
    seen.add('half a connection.json');
  }
}

process.stdin.on('end', () => {
  isOver = true;
});
process.stdin.resume();

function loop(): void {
  for (let times = 0; times < 50; times++, rounds++) look();
  if (isOver) process.stdout.write(JSON.stringify({ rounds, seen: [...seen] }));
  else setImmediate(loop);
}
process.stdout.write('reading\n', loop);
