import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { type Configuration, Provider } from 'oidc-provider';

/** What an answer of the provider's is turned into, by the path that it is of. */
export type Spoil = (path: string, body: Record<string, unknown>) => unknown;

/** A certified OpenID provider, on loopback, in which any name signs in with any password. */
export interface OpenidProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** From now on; without one, answers are as the provider gave them. */
  spoil(change?: Spoil): void;
  close(): Promise<void>;
}

export const clientId = 'tokenvend-cli';

/** Of a device's polling. Seconds, where the specification's default is 5. */
const interval = 1;

export async function startOpenidProvider(audience: string): Promise<OpenidProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, await configuration(audience));
  const asked: string[] = [];
  let change: Spoil | undefined;
  provider.use(async (ctx, next) => {
    asked.push(ctx.path);
    await next();
    if (typeof ctx.body !== 'object' || ctx.body === null) return;
    const body = { ...ctx.body, ...(ctx.path === '/device/auth' ? { interval } : {}) };
    ctx.body = change?.(ctx.path, body) ?? body;
  });
  server.on('request', provider.callback());
  return {
    issuer,
    clientId,
    asked,
    spoil: (by) => {
      change = by;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function configuration(audience: string): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'one' };
  return {
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/callback'],
        response_types: ['code'],
        grant_types: [
          'authorization_code',
          'refresh_token',
          'urn:ietf:params:oauth:grant-type:device_code',
        ],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['not-a-secret-of-anybody'] },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    rotateRefreshToken: true,
    features: {
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: { IdToken: 3600, Session: 3600, Interaction: 600, Grant: 3600 },
  };
}
