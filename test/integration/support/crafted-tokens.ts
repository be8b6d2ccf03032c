import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { ordersDatabase, region, roleArns } from '../../../local/organization.ts';
import type { Stack } from '../../../local/stack.ts';

/** What a token is made for; by default what tokenvend would vend to the orders pod. */
export interface TokenParts {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly region?: string;
  readonly action?: string;
  readonly service?: string;
  readonly expiresIn?: number;
  readonly signedAt?: Date;
  /** The role whose session signs. */
  readonly roleArn?: string;
}

/** Cuts a token with a good session of a role: correct in everything but what `parts` says. */
export async function aToken(stack: Stack, parts: TokenParts = {}): Promise<string> {
  const { host = ordersDatabase.host, port = stack.database.port, user = 'orders_app' } = parts;
  const { expiresIn = 900, signedAt = new Date(), action = 'connect' } = parts;
  const signer = new SignatureV4({
    service: parts.service ?? 'rds-db',
    region: parts.region ?? region,
    credentials: sessionOf(stack, parts.roleArn ?? roleArns.payments),
    sha256: Sha256,
  });
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname: host,
      port,
      path: '/',
      query: { Action: action, DBUser: user },
      headers: { host: `${host}:${port}` },
    },
    { expiresIn, signingDate: signedAt },
  );
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return `${host}:${port}/?${query.join('&')}`;
}

function sessionOf({ roles, credentials }: Stack, roleArn: string) {
  const role = roles.get(roleArn);
  if (role === undefined) throw new Error(`no role ${roleArn}`);
  return credentials.issueSession({ role, sessionName: 'crafted', durationSeconds: 3600 });
}
