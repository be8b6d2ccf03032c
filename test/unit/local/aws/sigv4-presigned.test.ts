import { readFileSync } from 'node:fs';
import { Signer } from '@aws-sdk/rds-signer';
import { describe, expect, it } from 'vitest';
import { parseToken } from '../../../../core/token.ts';
import { presignedSignature } from '../../../../local/aws/sigv4-presigned.ts';
import { aLocalAws, region } from './a-local-aws.ts';
import { aTeamSession, host } from './an-rds-login.ts';

interface Vector {
  readonly host: string;
  readonly port: number;
  readonly region: string;
  readonly user: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
  readonly signingDate: string;
  readonly signature: string;
  readonly tokenLength: number;
}

const file = new URL('../../../vectors/rds-auth-tokens.json', import.meta.url);
const { vectors }: { vectors: Vector[] } = JSON.parse(readFileSync(file, 'utf8'));

/** The token that botocore made, put together again from the vector. */
function tokenOf(vector: Vector): string {
  const at = vector.signingDate.replace(/[-:]/g, '');
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) =>
      `%${one.charCodeAt(0).toString(16)}`.toUpperCase(),
    );
  const scope = `${vector.accessKeyId}/${at.slice(0, 8)}/${vector.region}/rds-db/aws4_request`;
  const parameters = [
    ['Action', 'connect'],
    ['DBUser', vector.user],
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', scope],
    ['X-Amz-Date', at],
    ['X-Amz-Expires', '900'],
    ['X-Amz-SignedHeaders', 'host'],
    ...(vector.sessionToken === null ? [] : [['X-Amz-Security-Token', vector.sessionToken]]),
    ['X-Amz-Signature', vector.signature],
  ];
  const query = parameters.map(([name, value]) => `${name}=${encode(value ?? '')}`).join('&');
  return `${vector.host}:${vector.port}/?${query}`;
}

describe('the signature of a token', () => {
  it.each(vectors)('is the one that botocore makes for $user at $host:$port', (vector) => {
    const token = tokenOf(vector);

    const signature = presignedSignature(token, vector.region, vector.secretAccessKey);

    expect(token).toHaveLength(vector.tokenLength);
    expect(signature).toBe(vector.signature);
  });

  it('is the one that the AWS SDK makes', async () => {
    const aws = aLocalAws();
    const credentials = aTeamSession(aws);
    const signer = new Signer({
      hostname: host,
      port: 5432,
      username: "o'brien+é",
      region,
      credentials,
    });

    const token = await signer.getAuthToken();

    expect(presignedSignature(token, region, credentials.secretAccessKey)).toBe(
      parseToken(token)?.signature,
    );
  });
});
