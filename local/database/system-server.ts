import { glob } from 'node:fs/promises';
import { type UnprivilegedUser, userNamed } from './unprivileged-user.ts';

/** A server from Debian's packages, and what has to be on the machine to run it. */
export interface SystemServer {
  /** The option that asks for it, for the sentence about what is missing. */
  readonly option: '--postgres' | '--mariadb';
  readonly packageName: string;
  /** The account that its package creates. */
  readonly account: string;
  /** Pattern of the server's path; of several versions the newest is taken. */
  readonly program: string;
}

/** Where a server was found, and as whom it runs. */
export interface FoundServer {
  readonly account: UnprivilegedUser;
  readonly program: string;
}

/** How the server's question about a token reaches this process. */
const pamModule = '/lib/*/security/pam_script.so';
const curl = '/usr/bin/curl';

/**
 * Looks for a server, its account and what it needs to ask PAM.
 *
 * @throws Error of one sentence that says what to install, or that root is needed: PAM services are files
 *   that only root can write, and servers run as accounts of their own.
 */
export async function findServer(server: SystemServer): Promise<FoundServer> {
  const { option, packageName } = server;
  if (process.getuid?.() !== 0) {
    throw new Error(`${option} needs root: PAM is told of the server in /etc/pam.d`);
  }
  const account = await userNamed(server.account);
  const [program, ...pam] = await Promise.all([server.program, pamModule, curl].map(newest));
  if (account === undefined || program === undefined || pam.includes(undefined)) {
    throw new Error(
      `${option} needs packages of Debian: apt-get install ${packageName} libpam-script curl`,
    );
  }
  return { account, program };
}

/** Folders are called after versions, and 9 comes before 15. */
async function newest(pattern: string): Promise<string | undefined> {
  const paths: string[] = [];
  for await (const path of glob(pattern)) paths.push(path);
  return paths.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}
