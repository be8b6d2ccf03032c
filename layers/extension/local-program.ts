import { randomBytes } from 'node:crypto';
import type { InitProblem } from './extensions-api.ts';
import type { HeldPort } from './held-port.ts';
import type { ExtensionLog } from './log.ts';
import { type OwnFolder, OwnFolderError } from './own-folder.ts';
import { refreshRegularly } from './refresh-regularly.ts';
import type { Service, StartService } from './service.ts';
import type { SettingsResult } from './settings.ts';
import { listenProblem, logProblem, settingsProblem, startedOrProblem } from './start-problem.ts';

export interface LocalProgramDependencies {
  readonly settings: SettingsResult;
  readonly listen: (port: number) => Promise<HeldPort>;
  readonly start: StartService;
  readonly folder: Pick<OwnFolder, 'write'>;
  /** Resolves when the program should end. */
  readonly stopped: Promise<void>;
  readonly log: ExtensionLog;
}

/**
 * The same server where there is no Lambda around it: beside a container on ECS, or on a developer's
 * machine. Its token is made anew at each start and lies in a file that only its owner can read.
 *
 * @returns the exit code: 0 when it was stopped, 1 when it could not start, 2 for its settings.
 */
export async function runLocalProgram(deps: LocalProgramDependencies): Promise<number> {
  const { settings: read, log } = deps;
  if ('problems' in read) {
    logProblem(log, settingsProblem(read.problems));
    return 2;
  }
  const { settings } = read;
  const token = randomBytes(32).toString('base64url');
  try {
    const port = await deps.listen(settings.port);
    const service = await startedOrProblem(deps.start, { settings, port, token });
    if (!('problem' in service)) return await serveUntilStopped(deps, service, token);
    logProblem(log, service.problem);
  } catch (error) {
    logProblem(log, problemOf(error, settings.port));
  }
  return 1;
}

async function serveUntilStopped(
  { folder, log, stopped }: LocalProgramDependencies,
  { vending, server }: Service,
  token: string,
): Promise<number> {
  const { port } = server;
  const tokenFile = folder.write(`token-${port}`, token, 0o600);
  vending.start();
  refreshRegularly(vending);
  log.announce('LISTENING', { url: `http://127.0.0.1:${port}`, tokenFile });
  await stopped;
  await server.close();
  return 0;
}

function problemOf(error: unknown, port: number): InitProblem {
  if (!(error instanceof OwnFolderError)) return listenProblem(error, port);
  const message = `tokenvend: the folder for its token: ${error.reason}.`;
  return { type: 'Extension.FolderUnavailable', message };
}
