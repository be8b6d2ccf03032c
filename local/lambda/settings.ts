import type { ContainerCredentials } from './credentials-api.ts';

/** Values of `AWS_LAMBDA_INITIALIZATION_TYPE`. */
export type InitializationType =
  | 'on-demand'
  | 'provisioned-concurrency'
  | 'snap-start'
  | 'lambda-managed-instances';

/** Whose habits to follow where Lambda and its Runtime Interface Emulator are known to differ. */
export type Likeness = 'lambda' | 'rie';

/** What a function knows about itself. */
export interface FunctionFacts {
  readonly name: string;
  readonly version: string;
  readonly handler: string;
  readonly accountId: string;
  readonly region: string;
  readonly memoryMb: number;
}

export interface LambdaOptions {
  /** As `/opt/extensions`: every file directly in it is started, in the order of their names. */
  readonly extensionsDirectory?: string;
  readonly runtime: { readonly command: string; readonly args?: readonly string[] };
  /** The function's own environment variables; extensions see them too. */
  readonly env?: Readonly<Record<string, string>>;
  readonly mode?: InitializationType;
  readonly like?: Likeness;
  readonly functionTimeoutMs?: number;
  readonly initLimitMs?: number;
  /** For deadlines in events and times in the history. Limits are kept in real time. */
  readonly clock?: () => Date;
  readonly function?: Partial<FunctionFacts>;
  readonly credentials?: ContainerCredentials;
  /** As `/var/task`: the working directory of every process. */
  readonly taskDirectory?: string;
  /** Managed instances only: `AWS_LAMBDA_MAX_CONCURRENCY`. */
  readonly maxConcurrency?: number;
}

export type Settings = Required<Omit<LambdaOptions, 'extensionsDirectory' | 'function'>> & {
  readonly extensionsDirectory: string | undefined;
  readonly function: FunctionFacts;
};

/** Lambda's default for a new function (Lambda quotas and settings, "Timeout"). */
const defaultFunctionTimeoutMs = 3_000;

/** Lambda developer guide, "Lambda execution environment lifecycle", Init phase. */
const onDemandInitLimitMs = 10_000;

/** The same page: with provisioned concurrency or SnapStart, init may take at least this long. */
const preparedInitLimitMs = 130_000;

export function settingsOf(options: LambdaOptions): Settings {
  const mode = options.mode ?? 'on-demand';
  const functionTimeoutMs = options.functionTimeoutMs ?? defaultFunctionTimeoutMs;
  return {
    extensionsDirectory: options.extensionsDirectory,
    runtime: options.runtime,
    env: options.env ?? {},
    mode,
    like: options.like ?? 'lambda',
    functionTimeoutMs,
    initLimitMs: options.initLimitMs ?? initLimitOf(mode, functionTimeoutMs),
    clock: options.clock ?? (() => new Date()),
    function: { ...defaultFunction, ...options.function },
    credentials: options.credentials ?? placeholderCredentials,
    taskDirectory: options.taskDirectory ?? process.cwd(),
    maxConcurrency: options.maxConcurrency ?? 10,
  };
}

function initLimitOf(mode: InitializationType, functionTimeoutMs: number): number {
  return mode === 'on-demand'
    ? onDemandInitLimitMs
    : Math.max(preparedInitLimitMs, functionTimeoutMs);
}

const defaultFunction: FunctionFacts = {
  name: 'local-function',
  version: '$LATEST',
  handler: 'index.handler',
  accountId: '111122223333',
  region: 'eu-west-1',
  memoryMb: 128,
};

/** Good for nothing but being handed on. */
const placeholderCredentials: ContainerCredentials = {
  accessKeyId: 'ASIALOCALLAMBDA00000',
  secretAccessKey: 'local-secret-access-key',
  sessionToken: 'local-session-token',
  expiresAt: new Date('2100-01-01T00:00:00Z'),
};
