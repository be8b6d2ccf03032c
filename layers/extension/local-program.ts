import { randomBytes } from 'node:crypto';
import type { HeldPort } from './held-port.ts';
import type { ExtensionLog } from './log.ts';
import { type OwnFolder, OwnFolderError } from './own-folder.ts';
import { refreshRegularly } from './refresh-regularly.ts';
import type { StartService } from './service.ts';
import type { SettingsResult } from './settings.ts';
import { listenProblem, settingsProblem } from './start-problem.ts';

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
  const { settings: read, listen, start, folder, log } = deps;
  if ('problems' in read) {
    log.error('SETTINGS_INVALID', { message: settingsProblem(read.problems).message });
    return 2;
  }
  const token = randomBytes(32).toString('base64url');
  try {
    const held = await listen(read.settings.port);
    const { vending, server } = await start({ settings: read.settings, port: held, token });
    const { port } = server;
    const tokenFile = folder.write(`token-${port}`, token, 0o600);
    vending.start();
    refreshRegularly(vending);
    log.announce('LISTENING', { url: `http://127.0.0.1:${port}`, tokenFile });
    await deps.stopped;
    await server.close();
    return 0;
  } catch (error) {
    log.error('SETTINGS_INVALID', { message: messageOf(error, read.settings.port) });
    return 1;
  }
}

function messageOf(error: unknown, port: number): string {
  if (error instanceof OwnFolderError)
    return `tokenvend: the folder for its token: ${error.reason}.`;
  return listenProblem(error, port).message;
}
