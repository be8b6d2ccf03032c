import { describe, expect, it } from 'vitest';
import {
  count,
  optional,
  readSettings,
  type Setting,
  SettingsError,
  text,
  url,
} from '../../../adapters/settings.ts';

const port: Setting<number> = {
  variable: 'PORT',
  expected: 'a port',
  fallback: 2777,
  parse: (value) => (/^\d+$/.test(value) ? Number(value) : undefined),
};

const settings = {
  api: url('API_URL'),
  table: text('TABLE', 'the name of a table'),
  port,
  publicUrl: optional(url('PUBLIC_URL')),
};

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(env, settings);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

describe('readSettings', () => {
  it('reads each setting by its type, and fills in what may be left out', () => {
    const env = { API_URL: 'https://api.example.com/live/', TABLE: 'registry', PORT: '80' };

    expect(readSettings(env, settings)).toEqual({
      api: 'https://api.example.com/live',
      table: 'registry',
      port: 80,
      publicUrl: undefined,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    const env = { API_URL: 'https://api.example.com', TABLE: 't', PORT: '', PUBLIC_URL: '' };

    expect(readSettings(env, settings)).toMatchObject({ port: 2777, publicUrl: undefined });
  });

  it('names all that is wrong at once', () => {
    expect(problemsOf({ PORT: 'x', PUBLIC_URL: 'ftp://x' })).toEqual([
      'API_URL is not set (it must be an https URL)',
      'TABLE is not set (it must be the name of a table)',
      'PORT is not valid (it must be a port)',
      'PUBLIC_URL is not valid (it must be an https URL)',
    ]);
  });

  it('A21: never names a value', () => {
    const planted = 'http://user:planted-secret@example.com';

    const problems = problemsOf({ API_URL: planted, PORT: 'planted-secret', PUBLIC_URL: planted });

    expect(problems).toHaveLength(4);
    expect(new SettingsError(problems).message).not.toContain('planted-secret');
  });
});

describe('a URL', () => {
  const read = (value: string) => readSettings({ U: value }, { u: url('U') }).u;

  it.each([
    ['https://api.example.com', 'https://api.example.com'],
    ['https://api.example.com//', 'https://api.example.com'],
    ['https://api.example.com:8443/live/', 'https://api.example.com:8443/live'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('%s is read as %s', (value, expected) => {
    expect(read(value)).toBe(expected);
  });

  it.each([
    'http://api.example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'https://user@api.example.com',
    'https://user:password@api.example.com',
    'https://:password@api.example.com',
    'https://api.example.com/?x=1',
    'https://api.example.com/?',
    'https://api.example.com/#x',
    'https://api.example.com/#',
    ' https://api.example.com',
    'https://api.example.com\n',
    'https:api.example.com',
    'ftp://api.example.com',
    'api.example.com',
  ])('is not %j', (value) => {
    expect(() => read(value)).toThrow(SettingsError);
  });
});

describe('count', () => {
  it.each(['1', '30', '400'])('reads %s', (given) => {
    expect(readSettings({ DAYS: given }, { days: count('DAYS', 400) })).toEqual({
      days: Number(given),
    });
  });

  it.each(['0', '-1', '1.5', '401', '1e2', '0x10', ' 3', '9999999999', 'many'])(
    'refuses %j',
    (given) => {
      expect(() => readSettings({ DAYS: given }, { days: count('DAYS', 400) })).toThrow(
        SettingsError,
      );
    },
  );
});
