import type { Session } from '../../../../../clients/cli/login/session.ts';

export const apiUrls = ['https://tokens.example.com/'];

/** A session as signing in leaves it, with an hour to live from the start of 2026. */
export function aSession(changes: Partial<Session> = {}): Session {
  return {
    apiUrls,
    issuer: 'https://login.example.com',
    clientId: 'tokenvend-cli',
    audience: 'https://tokens.example.com',
    tokenKind: 'id',
    scope: 'openid offline_access',
    identity: 'planted.identity.jwt',
    expiresAt: new Date('2026-01-01T01:00:00Z'),
    refreshToken: 'planted-refresh-token',
    ...changes,
  };
}
