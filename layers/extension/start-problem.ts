import type { InitProblem } from './extensions-api.ts';

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
