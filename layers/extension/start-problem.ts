import type { InitProblem } from './extensions-api.ts';
import type { ExtensionLog } from './log.ts';
import type { Service, StartService } from './service.ts';

/**
 * Why the extension cannot start; returned in place of the settings or the service that could not be
 * had.
 */
export interface Problem {
  readonly problem: InitProblem;
}

/**
 * Logs a problem that is also reported to Lambda: Lambda does not show every report to the owner of the
 * function.
 */
export function logProblem(log: ExtensionLog, { type, message }: InitProblem): void {
  const code = type === 'Extension.StartFailed' ? 'START_FAILED' : 'SETTINGS_INVALID';
  log.error(code, { type, message });
}

/** Makes one report of all problems of the settings. Each sentence names its variable. */
export function settingsProblem(problems: readonly string[]): InitProblem {
  return { type: 'Extension.InvalidSettings', message: `tokenvend: ${problems.join(' ')}` };
}

/**
 * Without a token of the function, the server could not tell its requests from those of anybody else.
 */
export const noTokenProblem: InitProblem = {
  type: 'Extension.InvalidSettings',
  message: 'tokenvend: neither AWS_SESSION_TOKEN nor AWS_CONTAINER_AUTHORIZATION_TOKEN is set.',
};

/** @param error What listening ended in. */
export function listenProblem(error: unknown, port: number): InitProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be had (${code})`;
  return {
    type: 'Extension.PortUnavailable',
    message: `tokenvend: port ${port} of 127.0.0.1 ${why}. TOKENVEND_PORT names another.`,
  };
}

/**
 * The service, or the problem that keeps it from starting. The service is in a file of its own, and
 * most likely that file was not copied into an image with the rest. The problem names the error by its
 * code or class alone.
 */
export async function startedOrProblem(
  start: StartService,
  options: Parameters<StartService>[0],
): Promise<Service | Problem> {
  try {
    return await start(options);
  } catch (error) {
    const type = error instanceof Error ? error.constructor.name : typeof error;
    const why = error instanceof Error && 'code' in error ? String(error.code) : type;
    return {
      problem: {
        type: 'Extension.StartFailed',
        message: `tokenvend: what serves requests cannot be loaded (${why}). Its layer may not be whole.`,
      },
    };
  }
}
