import { createServer, type Server } from 'node:http';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from 'vitest';
import { createAssumeRole } from '../../../adapters/assume-role.ts';
import { startOfTest } from '../../builders/clock.ts';
import { aPlan } from '../../builders/sessions.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** STS as it looks on the wire: the query protocol, with XML answers. */
async function stsAnswering(status: number, body: string): Promise<STSClient> {
  const listening = createServer((_, response) => {
    response.writeHead(status, { 'Content-Type': 'text/xml' }).end(body);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return new STSClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x' },
  });
}

const refusal = (code: string): string =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
   <Code>${code}</Code><Message>planted-secret</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

const granted = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
  <Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
  <SessionToken>t</SessionToken><Expiration>2026-03-01T13:00:00Z</Expiration></Credentials>
  </AssumeRoleResult></AssumeRoleResponse>`;

describe('assumeRole over a socket', () => {
  it('reads the credentials and their end', async () => {
    const sts = await stsAnswering(200, granted);

    const session = await createAssumeRole({ sts, clock: () => startOfTest })(aPlan());

    expect(session).toMatchObject({
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      expiresAt: new Date('2026-03-01T13:00:00Z'),
    });
  });

  it.each([
    [403, 'AccessDenied', 'role-not-assumable'],
    [400, 'MalformedPolicyDocument', 'session-request-invalid'],
    [400, 'PackedPolicyTooLarge', 'session-request-invalid'],
    [400, 'ValidationError', 'session-request-invalid'],
    [403, 'RegionDisabledException', 'session-request-invalid'],
    [400, 'Throttling', 'sts-throttled'],
    [403, 'ExpiredToken', 'own-credentials-refused'],
    [403, 'InvalidClientTokenId', 'own-credentials-refused'],
    [403, 'MissingAuthenticationToken', 'own-credentials-refused'],
    [403, 'UnrecognizedClientException', 'own-credentials-refused'],
    [400, 'IncompleteSignature', 'own-credentials-refused'],
    [500, 'InternalFailure', 'sts-unavailable'],
  ])('classifies status %d with the code %s as %s', async (status, code, reason) => {
    const sts = await stsAnswering(status, refusal(code));

    const attempt = createAssumeRole({ sts, clock: () => startOfTest })(aPlan());

    await expect(attempt).rejects.toMatchObject({ name: 'VendError', reason });
  });

  it.each([
    ['an answer that is no XML', 200, '<html>'],
    [
      'an answer without credentials',
      200,
      '<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>',
    ],
    ['a proxy that answers for STS', 502, 'Bad gateway'],
  ])('takes %s for an outage', async (_, status, body) => {
    const sts = await stsAnswering(status, body);

    const attempt = createAssumeRole({ sts, clock: () => startOfTest })(aPlan());

    await expect(attempt).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
