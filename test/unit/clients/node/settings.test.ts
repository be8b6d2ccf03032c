import { describe, expect, it } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import { extensionAnswerMs } from '../../../../clients/api-client/waits.ts';
import { settingsOf } from '../../../../clients/node/settings.ts';

const url = 'https://api.example.com';

describe('the settings of a source', () => {
  it('come from the environment, where no option is given', () => {
    const settings = settingsOf(
      {},
      {
        TOKENVEND_API_URL: `${url}, https://other.example.com ,`,
        TOKENVEND_AUTH: 'iam',
        TOKENVEND_API_REGION: 'eu-west-1',
        TOKENVEND_TEAM: 'payments',
        TOKENVEND_MIN_TTL_SECONDS: '90',
        TOKENVEND_TIMEOUT_MS: '1500',
        TOKENVEND_PORT: '2800',
      },
    );

    expect(settings).toEqual({
      apiUrls: [url, 'https://other.example.com'],
      auth: 'iam',
      region: 'eu-west-1',
      team: 'payments',
      minTtlSeconds: 90,
      timeoutMs: 1500,
      extensionPort: 2800,
      extensionWaitMs: extensionAnswerMs({ addresses: 2, timeoutMs: 1500 }),
      trustedRoots: undefined,
    });
  });

  it('prefer options to the environment', () => {
    const env = { TOKENVEND_API_URL: 'https://other.example.com', TOKENVEND_TEAM: 'billing' };

    const { apiUrls, team } = settingsOf({ apiUrl: url, team: 'payments' }, env);

    expect({ apiUrls, team }).toEqual({ apiUrls: [url], team: 'payments' });
  });

  it('take empty text in the environment for nothing', () => {
    const env = { TOKENVEND_API_URL: url, TOKENVEND_TEAM: '', TOKENVEND_PORT: '' };

    const { team, extensionPort, auth } = settingsOf({}, { ...env, TOKENVEND_AUTH: '' });

    expect({ team, extensionPort, auth }).toEqual({
      team: undefined,
      extensionPort: 2777,
      auth: 'auto',
    });
  });

  it.each([
    ['the variables are', {}, { TOKENVEND_API_URL: `${url},${url}` }, 2, 3_000],
    [
      'its own variables are, and not the options',
      { apiUrl: url, timeoutMs: 100 },
      { TOKENVEND_API_URL: `${url},${url},${url}`, TOKENVEND_TIMEOUT_MS: '30000' },
      3,
      30_000,
    ],
    ['the options are', { auth: 'extension', timeoutMs: 20_000 }, {}, 1, 20_000],
    [
      'the options are, where a variable holds what only the command line takes',
      { apiUrl: url, timeoutMs: 5_000 },
      { TOKENVEND_TIMEOUT_MS: '600000' },
      1,
      5_000,
    ],
  ] as const)(
    'wait for the extension as patiently as %s',
    (_what, options, env, addresses, timeoutMs) => {
      expect(settingsOf(options, env).extensionWaitMs).toBe(
        extensionAnswerMs({ addresses, timeoutMs }),
      );
    },
  );

  it('take the word of the command line for an identity', () => {
    const env = { TOKENVEND_API_URL: url, TOKENVEND_AUTH: 'jwt' };

    expect(settingsOf({}, env).auth).toBe('identity');
  });

  it('A21: that are wrong are named, and not shown', () => {
    const settings = () => settingsOf({ apiUrl: url }, { TOKENVEND_TIMEOUT_MS: 'PLANTED' });

    expect(settings).toThrow(expect.objectContaining({ setting: 'timeoutMs' }));
    expect(settings).toThrow(/^timeoutMs: (?!.*PLANTED)/);
  });

  it('need no address where the extension is all that is asked', () => {
    expect(settingsOf({ auth: 'extension' }, {}).apiUrls).toEqual([]);
  });

  it.each([
    ['no address', {}, {}, 'url-missing'],
    ['an address of blanks', { apiUrl: ' , ' }, {}, 'url-missing'],
    [
      'an unknown way to authenticate',
      { apiUrl: url },
      { TOKENVEND_AUTH: 'IAM' },
      'setting-invalid',
    ],
    ['a port of 0', { apiUrl: url }, { TOKENVEND_PORT: '0' }, 'setting-invalid'],
    ['a port that there is not', { apiUrl: url }, { TOKENVEND_PORT: '65536' }, 'setting-invalid'],
    ['a time in words', { apiUrl: url }, { TOKENVEND_TIMEOUT_MS: '3s' }, 'setting-invalid'],
    ['a time of 1e3', { apiUrl: url }, { TOKENVEND_TIMEOUT_MS: '1e3' }, 'setting-invalid'],
    ['half a second', { apiUrl: url, minTtlSeconds: 0.5 }, {}, 'setting-invalid'],
    [
      'a minimum that leaves a token no time',
      { apiUrl: url, minTtlSeconds: 601 },
      {},
      'setting-invalid',
    ],
    ['a timeout of NaN', { apiUrl: url, timeoutMs: Number.NaN }, {}, 'setting-invalid'],
  ])('refuse %s', (_what, options, env, reason) => {
    expect(() => settingsOf(options, env)).toThrow(
      expect.objectContaining({ constructor: ClientError, kind: 'usage', reason }),
    );
  });
});
