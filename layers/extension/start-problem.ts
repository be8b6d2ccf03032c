import type { InitProblem } from './extensions-api.ts';
import type { ExtensionLog } from './log.ts';
import type { Service, StartService } from './service.ts';

/** Instead of what was to be had. */
export interface Problem {
  readonly problem: InitProblem;
}

/** Says it in the log as well: what is reported to Lambda does not always reach the one who searches. */
export function logProblem(log: ExtensionLog, { type, message }: InitProblem): void {
  const code = type === 'Extension.StartFailed' ? 'START_FAILED' : 'SETTINGS_INVALID';
  log.error(code, { type, message });
}

/** Several sentences as one report, each with the variable that it is about. */
export function settingsProblem(problems: readonly string[]): InitProblem {
  return { type: 'Extension.InvalidSettings', message: `tokenvend: ${problems.join(' ')}` };
}

/** No token to tell the function's own requests by: then anybody's would do. */
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
 * The service, or why there is none: most likely its file, which is another than the one that runs until
 * then, was not copied into an image with the rest. Says the error's code or class alone.
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
