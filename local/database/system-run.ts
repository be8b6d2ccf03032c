import { rm } from 'node:fs/promises';
import type { KeyedCertificate } from '../pki.ts';
import { type RunningParts, runningParts } from '../running-parts.ts';
import { openPamService } from './pam-service.ts';
import type { PamDecisions } from './pam-verifier.ts';
import { type ServerFolder, serverFolder } from './server-folder.ts';
import { findServer, type SystemServer } from './system-server.ts';
import { type Command, superviseAs, untilLogged } from './system-supervisor.ts';

export interface SystemRun extends PamDecisions {
  readonly server: SystemServer;
  readonly certificate: KeyedCertificate;
  /** Writes the server's files, and says how to make its data folder and how to run it. */
  readonly commands: (place: ServerPlace) => Promise<ServerCommands>;
  /** What the server's log says when clients may come. */
  readonly readyText: string;
}

export interface ServerPlace {
  readonly folder: ServerFolder;
  readonly program: string;
  /** The PAM service that the server has to ask. */
  readonly service: string;
}

export interface ServerCommands {
  readonly prepare: Command;
  readonly run: Command;
}

/**
 * Runs a server from Debian's packages with a folder and a PAM service of its own, until `close` or the
 * end of this process. `server.crt` and `server.key` lie in the folder.
 *
 * @throws Error of one sentence where something has to be installed.
 */
export async function runSystemServer(
  options: SystemRun,
): Promise<{ readonly folder: string; close(): Promise<void> }> {
  const parts = runningParts();
  try {
    const folder = await start(options, parts);
    return { folder, close: () => parts.close() };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function start(options: SystemRun, parts: RunningParts): Promise<string> {
  const { server, certificate } = options;
  const { account, program } = await findServer(server);
  const folder = await serverFolder(server.account, account);
  const { path } = folder;
  await parts.add(remover(path));
  await folder.write('server.crt', certificate.certificatePem);
  await folder.write('server.key', certificate.privateKeyPem);
  const pam = await parts.add(openPamService({ ...options, folder, account }));
  const commands = await options.commands({ folder, program, service: pam.name });
  const supervised = superviseAs({ account, folder: path, serviceFile: pam.file, ...commands });
  await parts.add(Promise.resolve({ close: () => supervised.stop() }));
  await untilLogged(supervised, server.packageName, options.readyText);
  return path;
}

async function remover(path: string): Promise<{ close(): Promise<void> }> {
  return { close: () => rm(path, { recursive: true, force: true }) };
}
