import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../../layers/extension/settings.ts';

const url = 'https://abc123.execute-api.eu-west-1.amazonaws.com/api';

function settingsWith(env: Readonly<Record<string, string>> = {}) {
  const result = readSettings({ TOKENVEND_API_URL: url, ...env });
  if ('problems' in result) throw new Error(result.problems.join(' '));
  return result.settings;
}

function problemsWith(env: Readonly<Record<string, string>>): readonly string[] {
  const result = readSettings(env);
  return 'problems' in result ? result.problems : [];
}

describe('settings', () => {
  it('need no more than an address', () => {
    expect(settingsWith()).toEqual({
      apiUrls: [`${url}/`],
      region: { region: undefined, ownRegion: undefined },
      prefetch: [],
      team: undefined,
      port: 2777,
      minTtlSeconds: 60,
      timeoutMs: 3000,
      logLevel: 'WARN',
    });
  });

  it('take several addresses, in their order', () => {
    const { apiUrls } = settingsWith({
      TOKENVEND_API_URL: `${url}, https://tokens.example.com`,
      TOKENVEND_API_REGION: 'eu-west-1',
    });

    expect(apiUrls).toEqual([`${url}/`, 'https://tokens.example.com/']);
  });

  it('take targets with and without a user, for the team set', () => {
    const { prefetch } = settingsWith({
      TOKENVEND_PREFETCH: 'orders/orders_app, ledger',
      TOKENVEND_TEAM: 'payments',
    });

    expect(prefetch).toEqual([
      { database: 'orders', user: 'orders_app', team: 'payments' },
      { database: 'ledger', team: 'payments' },
    ]);
  });

  it('take an empty variable for one that is not set', () => {
    const empty = { TOKENVEND_PORT: '', TOKENVEND_TEAM: ' ', TOKENVEND_PREFETCH: '' };

    expect(settingsWith(empty)).toEqual(settingsWith());
  });

  it.each([
    ['TOKENVEND_API_URL', 'http://tokens.example.com'],
    ['TOKENVEND_API_URL', `${url},,`],
    ['TOKENVEND_API_REGION', 'Ireland'],
    ['TOKENVEND_PREFETCH', 'orders/'],
    ['TOKENVEND_PREFETCH', 'orders/a/b'],
    ['TOKENVEND_PREFETCH', 'Orders'],
    ['TOKENVEND_PREFETCH', 'orders,'],
    ['TOKENVEND_TEAM', 'Pay Ments'],
    ['TOKENVEND_PORT', '0'],
    ['TOKENVEND_PORT', '65536'],
    ['TOKENVEND_PORT', '2777.5'],
    ['TOKENVEND_MIN_TTL_SECONDS', '29'],
    ['TOKENVEND_MIN_TTL_SECONDS', '601'],
    ['TOKENVEND_TIMEOUT_MS', '99'],
    ['TOKENVEND_TIMEOUT_MS', '3s'],
    ['TOKENVEND_LOG_LEVEL', 'TRACE'],
  ])('refuse %s=%s, naming it', (name, value) => {
    const problems = problemsWith({ TOKENVEND_API_URL: url, [name]: value });

    expect(problems).toHaveLength(1);
    expect(problems[0]?.split(' ')[0]).toBe(name);
  });

  it('need the Region where the address hides it', () => {
    const custom = { TOKENVEND_API_URL: 'https://tokens.example.com' };

    expect(problemsWith(custom)).toEqual([expect.stringMatching(/^TOKENVEND_API_REGION /)]);
    expect(problemsWith({ ...custom, AWS_REGION: 'eu-west-1' })).toEqual([]);
  });

  it('name everything that is wrong at once', () => {
    const problems = problemsWith({ TOKENVEND_PORT: 'x', TOKENVEND_TIMEOUT_MS: 'x' });

    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'TOKENVEND_PORT',
      'TOKENVEND_TIMEOUT_MS',
      'TOKENVEND_API_URL',
    ]);
  });

  it('A21: never say what a variable holds', () => {
    const problems = problemsWith({
      TOKENVEND_API_URL: 'https://user:planted-password@tokens.example.com',
      TOKENVEND_PREFETCH: 'planted value',
    });

    expect(problems.join(' ')).not.toContain('planted');
    expect(problems).toHaveLength(2);
  });
});
