import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Attempt } from './attempt.ts';

/** What a client saw: the session as the server describes it, or the message that its user reads. */
export type Outcome =
  | { readonly opened: true; readonly session: Session }
  | { readonly opened: false; readonly message: string };

const session = z.object({
  user: z.string(),
  /** PostgreSQL: `application_name`. MariaDB: the attribute `program_name`. */
  applicationName: z.string().nullable(),
  /** The protocol's version; nothing without encryption. */
  tls: z.string().nullable(),
});

export type Session = z.infer<typeof session>;

/** What is asked of either server; the answer is one text, so that every client prints it in the same way. */
const questions = {
  postgres: `
    select json_build_object(
      'user', current_user,
      'applicationName', current_setting('application_name'),
      'tls', (select version from pg_stat_ssl where pid = pg_backend_pid()))::text`,
  mariadb: `
    select concat('', json_object(
      'user', substring_index(current_user(), '@', 1),
      'applicationName', (select attr_value from performance_schema.session_connect_attrs
        where attr_name = 'program_name' and processlist_id = connection_id()),
      'tls', (select variable_value from information_schema.session_status
        where variable_name = 'Ssl_version')))`,
} as const;

/** The question in the words of the target's server. */
export const questionOf = ({ engine }: Attempt['target']): string =>
  questions[engine === 'postgres' ? 'postgres' : 'mariadb'];

export interface ClientProcess {
  readonly command: readonly [program: string, ...parameters: string[]];
  /** A file in the format `env`, which a shell sources first. */
  readonly sourced?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a client that prints the answer to the environment's `QUESTION`.
 *
 * @throws Error where the program is missing: nothing here is skipped.
 */
export async function runClient(attempt: Attempt, client: ClientProcess): Promise<Outcome> {
  const { exitCode, output, message } = await runProgram(commandOf(client), {
    ...attempt,
    input: client.input,
    env: { QUESTION: questionOf(attempt.target), ...client.env },
  });
  return exitCode === 0
    ? { opened: true, session: session.parse(JSON.parse(lastLine(output))) }
    : { opened: false, message };
}

/** Runs a program that finds the endpoints where the hosts file says. @throws Error where it is missing. */
export async function runProgram(
  [program, ...parameters]: ClientProcess['command'],
  place: Pick<Attempt, 'folder' | 'hostsFile'> & {
    readonly input?: string | undefined;
    readonly env?: Readonly<Record<string, string>>;
  },
) {
  const child = spawn(program, parameters, {
    env: { ...environment(place), ...place.env },
    timeout: 60_000,
  });
  child.stdin.on('error', () => {}).end(place.input ?? '');
  const [exitCode, output, message] = await Promise.all([
    new Promise<number | null>((resolve, reject) => {
      child.once('error', () => reject(new Error(`${program} is missing: run install.sh`)));
      child.once('close', resolve);
    }),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, output, message };
}

/** MariaDB's client warns on its standard output, before the answer. */
const lastLine = (output: string): string => output.trimEnd().split('\n').at(-1) ?? '';

function commandOf({ command, sourced }: ClientProcess): ClientProcess['command'] {
  return sourced === undefined ? command : ['sh', '-c', '. "$0" && exec "$@"', sourced, ...command];
}

/**
 * Nothing of ours, so that no file or variable of whoever runs the tests has a say. The two last ones let
 * this process alone resolve the endpoints' names: clients see real names, and the machine no change.
 */
function environment({
  folder,
  hostsFile,
}: Pick<Attempt, 'folder' | 'hostsFile'>): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    LC_ALL: 'C.UTF-8',
    LD_PRELOAD: 'libnss_wrapper.so',
    NSS_WRAPPER_HOSTS: hostsFile,
  };
}
