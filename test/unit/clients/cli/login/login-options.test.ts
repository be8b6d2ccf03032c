import { describe, expect, it } from 'vitest';
import {
  isByDevice,
  type LoginOptions,
  wishOf,
} from '../../../../../clients/cli/login/login-options.ts';

const options = (changes: Partial<LoginOptions> = {}): LoginOptions => ({
  tokenKind: 'id',
  redirectPort: '0',
  signInSeconds: '300',
  timeoutMs: '1000',
  wait: '0',
  ...changes,
});

describe('the way to sign in', () => {
  it.each([
    ['linux', {}, {}, true],
    ['linux', { DISPLAY: ':0' }, {}, false],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, {}, false],
    ['linux', { DISPLAY: ':0', SSH_CONNECTION: '203.0.113.1 1 2 3' }, {}, true],
    ['linux', { DISPLAY: ':0', CI: 'true' }, {}, true],
    ['darwin', {}, {}, false],
    ['darwin', { SSH_TTY: '/dev/ttys1' }, {}, true],
    ['win32', {}, {}, false],
    ['darwin', {}, { device: true }, true],
    ['linux', {}, { browser: true }, false],
  ] as const)('on %s with %j and %j is by code: %s', (platform, env, flags, expected) => {
    expect(isByDevice(options(flags), { platform, env })).toBe(expected);
  });

  it('is not both', () => {
    const both = options({ device: true, browser: true });

    expect(() => isByDevice(both, { platform: 'linux', env: {} })).toThrow(
      expect.objectContaining({ exitCode: 2 }),
    );
  });
});

describe('what a provider is asked for', () => {
  const audience = 'https://tokens.example.com';
  const offered = ['openid', 'offline_access'];

  it.each<[string, Partial<LoginOptions>, readonly string[] | undefined, unknown]>([
    [
      'an ID token that can be renewed',
      {},
      offered,
      { tokenKind: 'id', scope: 'openid offline_access' },
    ],
    [
      'the same where the provider lists no scopes',
      {},
      undefined,
      { tokenKind: 'id', scope: 'openid offline_access' },
    ],
    [
      'no offline_access that it does not offer',
      {},
      ['openid', 'email'],
      { tokenKind: 'id', scope: 'openid' },
    ],
    [
      'the scope that was given',
      { scope: 'openid groups' },
      offered,
      { tokenKind: 'id', scope: 'openid groups' },
    ],
    [
      'an access token for the API',
      { tokenKind: 'access', scope: 's' },
      offered,
      { tokenKind: 'access', scope: 's', resource: audience },
    ],
    [
      'an access token for what was given',
      { tokenKind: 'access', scope: 's', resource: 'urn:x' },
      offered,
      { tokenKind: 'access', scope: 's', resource: 'urn:x' },
    ],
    [
      'an access token for nothing in particular',
      { tokenKind: 'access', scope: 's', resource: 'none' },
      offered,
      { tokenKind: 'access', scope: 's' },
    ],
    [
      'no resource with an ID token',
      { scope: 's', resource: 'urn:x' },
      offered,
      { tokenKind: 'id', scope: 's' },
    ],
  ])('is %s', (_, flags, scopesOffered, expected) => {
    expect(wishOf(options(flags), { audience, scopesOffered })).toEqual(expected);
  });
});
