import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SessionKey, UserKey } from '../../../../local/aws/access-key.ts';
import type { RdsLogin } from '../../../../local/aws/rds-connect.ts';
import {
  account,
  aPolicy,
  type LocalAws,
  noon,
  region,
  resourceId,
  roleOf,
  teamRoleArn,
} from './a-local-aws.ts';

export const host = 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com';

/** A login of the token's own user, at noon, unless told otherwise. */
export function aLogin(aws: LocalAws, token: string, overrides: Partial<RdsLogin> = {}): RdsLogin {
  return {
    token,
    host,
    port: 5432,
    region,
    account,
    resourceIds: [resourceId],
    user: 'orders_app',
    now: noon,
    credentials: aws.credentials,
    roles: aws.roles,
    ...overrides,
  };
}

/** An hour's session of the team's role from `aws.now` on. */
export function aTeamSession(aws: LocalAws, sessionPolicy?: unknown): SessionKey {
  return aws.credentials.issueSession({
    role: roleOf(aws, teamRoleArn),
    sessionName: 'api',
    sourceIdentity: 'api',
    durationSeconds: 3600,
    ...(sessionPolicy === undefined ? {} : { sessionPolicy: aPolicy(sessionPolicy, 'session') }),
  });
}

/** A token signed at noon by the SDK's own presigner: the code under test signs nothing here. */
export async function aToken(
  key: SessionKey | UserKey,
  options: {
    readonly user?: string;
    readonly port?: number;
    readonly region?: string;
    readonly host?: string;
    readonly expiresIn?: number;
    readonly service?: string;
  } = {},
): Promise<string> {
  const signer = new SignatureV4({
    credentials: key,
    region: options.region ?? region,
    service: options.service ?? 'rds-db',
    sha256: Sha256,
  });
  const { host: hostname = host, port = 5432, user = 'orders_app' } = options;
  const { query = {} } = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname,
      port,
      path: '/',
      query: { Action: 'connect', DBUser: user },
      headers: { host: `${hostname}:${port}` },
    },
    { signingDate: noon, expiresIn: options.expiresIn ?? 900 },
  );
  const text = Object.entries(query).map(([name, value]) => `${name}=${encoded(`${value}`)}`);
  return `${hostname}:${port}/?${text.join('&')}`;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
