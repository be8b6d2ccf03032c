import { credentialsPath } from './credentials-api.ts';
import type { Settings } from './settings.ts';

export type Variables = Readonly<Record<string, string>>;

export interface VariableSources {
  readonly settings: Settings;
  /** `host:port` of the Runtime API. */
  readonly runtimeApi: string;
  readonly authorizationToken: string | undefined;
}

/** All environment variables of the runtime. Lambda's own win over the function's. */
export function runtimeVariables(sources: VariableSources): Variables {
  const { settings, runtimeApi } = sources;
  const { function: facts, mode } = settings;
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...settings.env,
    ...credentialVariables(sources),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_LAMBDA_INITIALIZATION_TYPE: mode,
    AWS_LAMBDA_FUNCTION_NAME: facts.name,
    AWS_LAMBDA_FUNCTION_VERSION: facts.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(facts.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${facts.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_REGION: facts.region,
    AWS_DEFAULT_REGION: facts.region,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    LAMBDA_TASK_ROOT: settings.taskDirectory,
    LAMBDA_RUNTIME_DIR: settings.taskDirectory,
    _HANDLER: facts.handler,
    ...(mode === 'lambda-managed-instances'
      ? { AWS_LAMBDA_MAX_CONCURRENCY: String(settings.maxConcurrency) }
      : {}),
  };
}

/** What extensions see of them. */
export function extensionVariables(sources: VariableSources): Variables {
  const isLeak = (name: string): boolean =>
    sources.settings.like === 'rie' && leakedByRie.has(name);
  const visible = Object.entries(runtimeVariables(sources)).filter(
    ([name]) => isLeak(name) || !(hidden.has(name) || name.startsWith('_AWS_XRAY_')),
  );
  return Object.fromEntries(visible);
}

/** Lambda developer guide, "Using the Lambda Extensions API to create extensions". */
const hidden: ReadonlySet<string> = new Set([
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_XRAY_CONTEXT_MISSING',
  'AWS_XRAY_DAEMON_ADDRESS',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
  '_HANDLER',
]);

const leakedByRie: ReadonlySet<string> = new Set([
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
]);

/** A snapshot must not hold credentials, so that there they are fetched from an endpoint. */
function credentialVariables(sources: VariableSources): Variables {
  const { settings, runtimeApi, authorizationToken } = sources;
  if (authorizationToken !== undefined) {
    return {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://${runtimeApi}${credentialsPath}`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: authorizationToken,
    };
  }
  const { accessKeyId, secretAccessKey, sessionToken } = settings.credentials;
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}
