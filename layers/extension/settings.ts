import { apiUrl } from '../../clients/api-client/api-url.ts';
import type { Environment } from '../../clients/api-client/aws-credentials.ts';
import { type RegionSettings, signingRegion } from '../../clients/api-client/signing-region.ts';
import type { TokenRequest } from '../../clients/api-client/token-request.ts';
import { defaultTimeoutMs } from '../../clients/api-client/waits.ts';
import { parseVendRequest } from '../../core/vend-request.ts';
import { type LogLevel, logLevels } from './log.ts';

/** Everything that can be set, from environment variables; docs/lambda.md lists them. */
export interface ExtensionSettings {
  /** Base addresses, tried in order. */
  readonly apiUrls: readonly string[];
  readonly region: RegionSettings;
  readonly prefetch: readonly TokenRequest[];
  /** For requests that name none. */
  readonly team: string | undefined;
  readonly port: number;
  readonly minTtlSeconds: number;
  /** For one attempt at one address. */
  readonly timeoutMs: number;
  readonly logLevel: LogLevel;
}

export type SettingsResult =
  | { readonly settings: ExtensionSettings }
  /** One sentence for each, naming the variable and never its value: an address may hold a password. */
  | { readonly problems: readonly string[] };

/** Reads all settings, and finds all that is wrong with them at once. An empty variable counts as not set. */
export function readSettings(env: Environment): SettingsResult {
  const problems: string[] = [];
  const read = <T>(name: string, otherwise: T, parse: (text: string) => T | undefined): T => {
    const text = env[name]?.trim();
    if (!text) return otherwise;
    const value = parse(text);
    if (value === undefined) problems.push(`${name} ${forms.get(name)}.`);
    return value ?? otherwise;
  };
  const team = read<string | undefined>('TOKENVEND_TEAM', undefined, teamIn);
  const settings: ExtensionSettings = {
    apiUrls: read('TOKENVEND_API_URL', [], urlsIn),
    region: { region: env.TOKENVEND_API_REGION, ownRegion: env.AWS_REGION },
    prefetch: read('TOKENVEND_PREFETCH', [], (text) => targetsIn(text, team)),
    team,
    port: read('TOKENVEND_PORT', 2777, wholeNumber(1, 65_535)),
    // The cache keeps no less than 30 s; tokens live 900 s at most, and need time to be of use.
    minTtlSeconds: read('TOKENVEND_MIN_TTL_SECONDS', 60, wholeNumber(30, 600)),
    timeoutMs: read('TOKENVEND_TIMEOUT_MS', defaultTimeoutMs, wholeNumber(100, 30_000)),
    logLevel: read('TOKENVEND_LOG_LEVEL', 'WARN', levelIn),
  };
  if (!env.TOKENVEND_API_URL?.trim()) problems.push('TOKENVEND_API_URL is not set.');
  if (!hasRegion(settings)) problems.push(`TOKENVEND_API_REGION ${forms.get('region')}.`);
  return problems.length > 0 ? { problems } : { settings };
}

const forms: ReadonlyMap<string, string> = new Map([
  ['TOKENVEND_API_URL', 'must be https addresses separated by commas'],
  ['region', "must name the API's Region, as its address does not"],
  ['TOKENVEND_PREFETCH', 'must list database or database/user, separated by commas'],
  ['TOKENVEND_TEAM', 'must be the name of a team'],
  ['TOKENVEND_PORT', 'must be a port, 1 to 65535'],
  ['TOKENVEND_MIN_TTL_SECONDS', 'must be a whole number, 30 to 600'],
  ['TOKENVEND_TIMEOUT_MS', 'must be a whole number, 100 to 30000'],
  ['TOKENVEND_LOG_LEVEL', `must be one of ${logLevels.join(', ')}`],
]);

function ifValid<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

const partsOf = (text: string): string[] => text.split(',').map((part) => part.trim());

function urlsIn(text: string): readonly string[] | undefined {
  return ifValid(() => partsOf(text).map((part) => apiUrl(part).href));
}

/** By the API's own rules, so that a misspelt name is found at init and not in the middle of a night. */
function targetsIn(text: string, team: string | undefined): readonly TokenRequest[] | undefined {
  return ifValid(() =>
    partsOf(text).map((part) => {
      const [database, ...user] = part.split('/');
      const target = { database, ...(user.length > 0 ? { user: user.join('/') } : {}), team };
      const { inlineCa, fresh, ...request } = parseVendRequest(JSON.stringify(target));
      return request;
    }),
  );
}

function teamIn(text: string): string | undefined {
  return ifValid(() => parseVendRequest(JSON.stringify({ database: 'any', team: text })).team);
}

function levelIn(text: string): LogLevel | undefined {
  return logLevels.find((level) => level === text.toUpperCase());
}

function wholeNumber(least: number, most: number): (text: string) => number | undefined {
  return (text) => {
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
}

function hasRegion({ apiUrls, region }: ExtensionSettings): boolean {
  return apiUrls.every((url) => ifValid(() => signingRegion(new URL(url), region)) !== undefined);
}
