import { readFileSync } from 'node:fs';
import { Signer } from '@aws-sdk/rds-signer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createRdsTokens } from '../../../adapters/rds-tokens.ts';
import { parseToken } from '../../../core/token.ts';
import { secondsAfter } from '../../builders/clock.ts';
import { aDatabase, anAllowed, aUser } from '../../builders/registry.ts';
import { aSession } from '../../builders/sessions.ts';

const vectorFile = z.object({
  vectors: z.array(
    z.object({
      host: z.string(),
      port: z.number(),
      region: z.string(),
      user: z.string(),
      accessKeyId: z.string(),
      secretAccessKey: z.string(),
      sessionToken: z.string().nullable(),
      signingDate: z.iso.datetime(),
      signature: z.string(),
      tokenLength: z.number(),
    }),
  ),
});
type Vector = z.infer<typeof vectorFile>['vectors'][number];

const file = new URL('../../vectors/rds-auth-tokens.json', import.meta.url);
const { vectors } = vectorFile.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Our own path; a session without a token cannot come out of STS, so such a vector goes to the signer. */
async function cut(vector: Vector): Promise<string> {
  const { host, port, region, user, sessionToken, accessKeyId, secretAccessKey } = vector;
  if (sessionToken === null) {
    const credentials = { accessKeyId, secretAccessKey };
    return new Signer({ hostname: host, port, region, username: user, credentials }).getAuthToken();
  }
  const now = new Date(vector.signingDate);
  const session = aSession({
    accessKeyId,
    secretAccessKey,
    sessionToken,
    assumedAt: now,
    expiresAt: secondsAfter(3600, now),
  });
  const target = anAllowed({
    database: aDatabase({ host, port, region }),
    user: aUser({ name: user }),
  });
  const issued = await createRdsTokens({ clock: () => now }).cut(session, target, false);
  return issued.token;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('A29: a token', () => {
  it.each(vectors)('has the signature that botocore computes: $user at $host', async (vector) => {
    vi.setSystemTime(new Date(vector.signingDate));

    const token = await cut(vector);

    expect(parseToken(token)).toEqual({
      host: vector.host,
      port: vector.port,
      region: vector.region,
      user: vector.user,
      accessKeyId: vector.accessKeyId,
      signedAt: new Date(vector.signingDate),
      expiresInSeconds: 900,
      signature: vector.signature,
      ...(vector.sessionToken === null ? {} : { sessionToken: vector.sessionToken }),
    });
    expect(token).toHaveLength(vector.tokenLength);
  });

  it('is compared with vectors of both kinds', () => {
    const withToken = vectors.filter(({ sessionToken }) => sessionToken !== null);

    expect(withToken.length).toBeGreaterThan(3);
    expect(vectors.length).toBeGreaterThan(withToken.length);
  });
});
