import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { Client } from 'pg';

/** One attempt to open the database, and to ask it who is there. */
export interface LoginAttempt {
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly user: string;
  readonly token: string;
  readonly caFile: string;
  readonly applicationName: string;
  /** Without TLS, where the demo shows that this is refused. */
  readonly plain?: boolean;
}

export type LoginResult =
  | {
      readonly opened: true;
      readonly user: string;
      readonly applicationName: string;
      readonly tls: string;
    }
  | { readonly opened: false; readonly message: string };

const question = "select current_user || '|' || current_setting('application_name') as answer";

/** Opens the database with `psql`, as a person would, or with `pg` where there is no `psql`. */
export async function login(attempt: LoginAttempt, usePsql: boolean): Promise<LoginResult> {
  try {
    return await (usePsql ? withPsql(attempt) : withPg(attempt));
  } catch (error) {
    return { opened: false, message: messageOf(error) };
  }
}

const run = promisify(execFile);

/** Whether `psql` is on the machine. */
export async function hasPsql(): Promise<boolean> {
  return run('psql', ['--version']).then(
    () => true,
    () => false,
  );
}

async function withPsql(attempt: LoginAttempt): Promise<LoginResult> {
  const { stdout } = await run('psql', ['-XAt', '-c', '\\conninfo', '-c', question], {
    env: {
      PATH: process.env.PATH,
      PGHOST: attempt.host,
      PGHOSTADDR: '127.0.0.1',
      PGPORT: String(attempt.port),
      PGDATABASE: attempt.dbname,
      PGUSER: attempt.user,
      PGPASSWORD: attempt.token,
      PGSSLMODE: attempt.plain === true ? 'disable' : 'verify-full',
      PGSSLROOTCERT: attempt.caFile,
      PGAPPNAME: attempt.applicationName,
    },
  });
  const tls = /protocol: (TLSv[\d.]+)/.exec(stdout)?.[1] ?? 'none';
  return opened(stdout.trim().split('\n').at(-1) ?? '', tls);
}

async function withPg(attempt: LoginAttempt): Promise<LoginResult> {
  const client = new Client({
    host: '127.0.0.1',
    port: attempt.port,
    database: attempt.dbname,
    user: attempt.user,
    password: attempt.token,
    application_name: attempt.applicationName,
    ssl:
      attempt.plain === true
        ? false
        : { ca: readFileSync(attempt.caFile, 'utf8'), servername: attempt.host },
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: string }>(question);
    const socket: unknown = Reflect.get(Reflect.get(client, 'connection'), 'stream');
    const tls = socket instanceof TLSSocket ? (socket.getProtocol() ?? 'none') : 'none';
    return opened(rows[0]?.answer ?? '', tls);
  } finally {
    await client.end();
  }
}

function opened(answer: string, tls: string): LoginResult {
  const [user = '', applicationName = ''] = answer.split('|');
  return { opened: true, user, applicationName, tls };
}

/** The server's own words: `psql` puts where it connected in front of them. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const text = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : error.message;
  return /FATAL: .*/.exec(text)?.[0] ?? text.trim();
}
