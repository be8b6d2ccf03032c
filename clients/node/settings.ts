import { ClientError } from '../api-client/client-error.ts';
import { defaultTimeoutMs, extensionAnswerMs } from '../api-client/waits.ts';
import type { Machine } from './machine.ts';
import type { TokenSourceAuth, TokenSourceOptions } from './token-source-options.ts';

/** Options and environment put together. */
export interface Settings {
  /** May be empty only where the extension is all that is asked. */
  readonly apiUrls: readonly string[];
  readonly auth: TokenSourceAuth;
  readonly region: string | undefined;
  readonly team: string | undefined;
  readonly minTtlSeconds: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly extensionPort: number;
  /** How long the extension may take to answer. Milliseconds. */
  readonly extensionWaitMs: number;
  readonly trustedRoots: string | undefined;
}

type Environment = Machine['env'];

const defaultExtensionPort = 2777;

/**
 * Options go before the environment, in which empty text counts as not set.
 *
 * @throws ClientError `url-missing`, `setting-invalid`.
 */
export function settingsOf(options: TokenSourceOptions, env: Environment): Settings {
  const { region, team, minTtlSeconds, extensionPort } = options;
  const auth = options.auth ?? authIn(env);
  const apiUrls = urlsOf(options.apiUrl ?? env.TOKENVEND_API_URL ?? '');
  if (apiUrls.length === 0 && auth !== 'extension') throw new ClientError('url-missing');
  const timeoutMs = attemptMs(options.timeoutMs ?? env.TOKENVEND_TIMEOUT_MS);
  return {
    apiUrls,
    auth,
    region: region ?? (env.TOKENVEND_API_REGION || undefined),
    team: team ?? (env.TOKENVEND_TEAM || undefined),
    // As the extension has it: tokens live 900 s at most, and need time to be of use.
    minTtlSeconds: whole('minTtlSeconds', minTtlSeconds ?? env.TOKENVEND_MIN_TTL_SECONDS, 600),
    timeoutMs,
    extensionPort:
      whole('extensionPort', extensionPort ?? env.TOKENVEND_PORT, 65_535) ?? defaultExtensionPort,
    extensionWaitMs: extensionWaitMs({ apiUrls, timeoutMs }, env),
    trustedRoots: options.trustedRoots,
  };
}

/**
 * The extension has the function's variables, and nothing of the options here; beside a container it
 * may have others. The larger counts: it answers when it can, and who gives up before has nothing.
 */
function extensionWaitMs(
  { apiUrls, timeoutMs = 0 }: Pick<Settings, 'apiUrls' | 'timeoutMs'>,
  { TOKENVEND_API_URL: urls = '', TOKENVEND_TIMEOUT_MS: attempt }: Environment,
): number {
  return extensionAnswerMs({
    addresses: Math.max(1, apiUrls.length, urlsOf(urls).length),
    timeoutMs: Math.max(timeoutMs, extensionAttemptMs(attempt)),
  });
}

/** The extension refuses more (docs/lambda.md), and does not run then: nothing to wait for, and no error. */
const longestExtensionAttemptMs = 30_000;

function extensionAttemptMs(given = ''): number {
  const value = /^\d{1,5}$/.test(given.trim()) ? Number(given) : 0;
  return value > 0 && value <= longestExtensionAttemptMs ? value : defaultTimeoutMs;
}

const attemptMs = (given: number | string | undefined): number | undefined =>
  whole('timeoutMs', given, 60_000);

/** `jwt` is what the command line, which has the same variable, calls an identity. */
const authNames: ReadonlyMap<string, TokenSourceAuth> = new Map([
  ['auto', 'auto'],
  ['extension', 'extension'],
  ['iam', 'iam'],
  ['identity', 'identity'],
  ['jwt', 'identity'],
]);

function authIn({ TOKENVEND_AUTH: name }: Environment): TokenSourceAuth {
  if (!name) return 'auto';
  const found = authNames.get(name);
  if (found === undefined) throw new ClientError('setting-invalid', { setting: 'TOKENVEND_AUTH' });
  return found;
}

function urlsOf(given: string | readonly string[]): readonly string[] {
  const texts = typeof given === 'string' ? given.split(',') : given;
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

/** A whole number from 1 to `most`. `Number` alone would take blanks for 0, and `1e3`. */
function whole(
  setting: keyof Settings,
  given: number | string | undefined,
  most: number,
): number | undefined {
  if (given === undefined || given === '') return undefined;
  const value = /^\d+$/.test(String(given)) ? Number(given) : 0;
  if (value < 1 || value > most) throw new ClientError('setting-invalid', { setting });
  return value;
}
