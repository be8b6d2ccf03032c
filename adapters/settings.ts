import { isLoopback } from '../core/loopback.ts';

/** The environment of a process: `process.env`, or a stand-in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How one setting is read: its variable, and what its text must look like. */
export interface Setting<T> {
  readonly variable: string;
  /** `undefined` where the text will not do. */
  readonly parse: (text: string) => T | undefined;
  /** What the text must be, to complete "X must be …". */
  readonly expected: string;
  /** Used where the variable is unset or empty; without it the setting is required. */
  readonly fallback?: T;
}

type SettingsOf<S extends Record<string, Setting<unknown>>> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** Names every variable that is missing or wrong, not just the first one, and none of their values. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Check the environment variables: ${problems.join('; ')}.`);
    this.problems = problems;
  }
}

/**
 * Reads settings from the environment, once, at start-up.
 *
 * @throws SettingsError with all problems.
 */
export function readSettings<S extends Record<string, Setting<unknown>>>(
  env: Environment,
  settings: S,
): SettingsOf<S> {
  const problems: string[] = [];
  const values = Object.entries(settings).map(([name, setting]) => {
    const text = env[setting.variable] ?? '';
    if (text === '' && 'fallback' in setting) return [name, setting.fallback];
    const value = text === '' ? undefined : setting.parse(text);
    if (value === undefined) problems.push(problemOf(setting, text));
    return [name, value];
  });
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.fromEntries(values) as SettingsOf<S>;
}

function problemOf(setting: Setting<unknown>, text: string): string {
  const state = text === '' ? 'is not set' : 'is not valid';
  return `${setting.variable} ${state} (it must be ${setting.expected})`;
}

/** Any non-empty text. */
export function text(variable: string, expected: string): Setting<string> {
  return { variable, expected, parse: (value) => value };
}

/** A whole number from 1 to `max`. */
export function count(variable: string, max: number): Setting<number> {
  const expected = `a whole number from 1 to ${max}`;
  const parse = (value: string) =>
    /^[1-9]\d{0,8}$/.test(value) && Number(value) <= max ? Number(value) : undefined;
  return { variable, expected, parse };
}

/** An https URL (http on loopback only), without user, query or fragment; a trailing slash is dropped. */
export function url(variable: string): Setting<string> {
  return { variable, expected: 'an https URL', parse: baseUrl };
}

/** A setting that may be left out. */
export function optional<T>(setting: Setting<T>): Setting<T | undefined> {
  return { ...setting, fallback: undefined };
}

/** `URL` mends white space, missing slashes and a bare `?`; what is mended is not what was meant. */
const plainUrl = /^https?:\/\/[^\s\\?#@]+$/;

function baseUrl(value: string): string | undefined {
  if (!plainUrl.test(value) || !URL.canParse(value)) return undefined;
  const parsed = new URL(value);
  return parsed.protocol === 'https:' || isLoopback(parsed)
    ? `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '')
    : undefined;
}
