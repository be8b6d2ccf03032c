import {
  AssumeRoleCommand,
  ExpiredTokenException,
  MalformedPolicyDocumentException,
  PackedPolicyTooLargeException,
  RegionDisabledException,
  STSClient,
  STSServiceException,
} from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAssumeRole } from '../../../adapters/assume-role.ts';
import { secondsAfter, startOfTest } from '../../builders/clock.ts';
import { aPlan } from '../../builders/sessions.ts';

const sts = mockClient(STSClient);
const assumeRole = createAssumeRole({
  sts: new STSClient({ region: 'eu-west-1' }),
  clock: () => startOfTest,
});

const planted = 'planted-secret';

const credentials = {
  AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  SecretAccessKey: planted,
  SessionToken: planted,
  Expiration: secondsAfter(3600),
};

const says = { $metadata: {}, message: `${planted} is not authorized` };
const serviceError = (name: string): STSServiceException =>
  new STSServiceException({ ...says, name, $fault: 'client' });

beforeEach(() => {
  sts.reset();
});

describe('assumeRole', () => {
  it('asks for exactly what is planned', async () => {
    sts.on(AssumeRoleCommand).resolves({ Credentials: credentials });

    const session = await assumeRole(aPlan({ externalId: 'e-1' }));

    expect(sts.commandCalls(AssumeRoleCommand).map((call) => call.args[0].input)).toEqual([
      {
        RoleArn: 'arn:aws:iam::111122223333:role/tokenvend-payments',
        RoleSessionName: 'api-0123456789abcdef',
        SourceIdentity: 'api-0123456789abcdef',
        DurationSeconds: 3600,
        Policy: '{"Version":"2012-10-17","Statement":[]}',
        ExternalId: 'e-1',
      },
    ]);
    expect(session).toEqual({
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      secretAccessKey: planted,
      sessionToken: planted,
      assumedAt: startOfTest,
      expiresAt: secondsAfter(3600),
    });
  });

  it('sends no external id where the registry has none, and never tags', async () => {
    sts.on(AssumeRoleCommand).resolves({ Credentials: credentials });

    await assumeRole(aPlan());

    const input = sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input;
    expect(input).not.toHaveProperty('ExternalId');
    expect(input).not.toHaveProperty('Tags');
  });

  it.each([
    ['no credentials', undefined],
    ['no access key', { ...credentials, AccessKeyId: undefined }],
    ['no secret key', { ...credentials, SecretAccessKey: '' }],
    ['no session token', { ...credentials, SessionToken: '' }],
    ['no expiry', { ...credentials, Expiration: undefined }],
    ['an expiry in the past', { ...credentials, Expiration: secondsAfter(-1) }],
    ['an expiry too near to sign for', { ...credentials, Expiration: secondsAfter(120) }],
    ['an impossible expiry', { ...credentials, Expiration: new Date(Number.NaN) }],
  ])('refuses an answer with %s', async (_, answer) => {
    sts.on(AssumeRoleCommand).resolves({ Credentials: answer });

    await expect(assumeRole(aPlan())).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'sts-answer-invalid',
    });
  });

  it.each<[Error, string, string]>([
    [serviceError('AccessDenied'), 'INTERNAL', 'role-not-assumable'],
    [serviceError('AccessDeniedException'), 'INTERNAL', 'role-not-assumable'],
    [new MalformedPolicyDocumentException(says), 'INTERNAL', 'session-request-invalid'],
    [new PackedPolicyTooLargeException(says), 'INTERNAL', 'session-request-invalid'],
    [new RegionDisabledException(says), 'INTERNAL', 'session-request-invalid'],
    [serviceError('ValidationError'), 'INTERNAL', 'session-request-invalid'],
    [serviceError('Throttling'), 'THROTTLED', 'sts-throttled'],
    [serviceError('ThrottlingException'), 'THROTTLED', 'sts-throttled'],
    [serviceError('RequestLimitExceeded'), 'THROTTLED', 'sts-throttled'],
    [new ExpiredTokenException(says), 'UPSTREAM_UNAVAILABLE', 'own-credentials-refused'],
    [serviceError('SignatureDoesNotMatch'), 'UPSTREAM_UNAVAILABLE', 'own-credentials-refused'],
    [serviceError('InternalFailure'), 'UPSTREAM_UNAVAILABLE', 'sts-unavailable'],
    [serviceError('ServiceUnavailable'), 'UPSTREAM_UNAVAILABLE', 'sts-unavailable'],
    [new TypeError(planted), 'UPSTREAM_UNAVAILABLE', 'sts-unavailable'],
    [
      Object.assign(new Error(planted), { name: 'TimeoutError' }),
      'UPSTREAM_UNAVAILABLE',
      'sts-unavailable',
    ],
    [
      Object.assign(new Error(planted), { code: 'ECONNRESET' }),
      'UPSTREAM_UNAVAILABLE',
      'sts-unavailable',
    ],
    [
      Object.assign(new Error(planted), { name: 'AccessDenied' }),
      'UPSTREAM_UNAVAILABLE',
      'sts-unavailable',
    ],
  ])('A21: turns %o into %s %s, with nothing of what was thrown', async (thrown, code, reason) => {
    sts.on(AssumeRoleCommand).rejects(thrown);

    const error: unknown = await assumeRole(aPlan()).catch((one: unknown) => one);

    expect(error).toMatchObject({ name: 'VendError', code, reason });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(planted);
    expect(error).not.toHaveProperty('cause');
  });

  it.each([
    ['Throttling', 2],
    ['InternalFailure', 2],
    ['AccessDenied', undefined],
  ])('says after %s when to come again: %s s', async (name, retryAfterSeconds) => {
    sts.on(AssumeRoleCommand).rejects(serviceError(name));

    await expect(assumeRole(aPlan())).rejects.toMatchObject({ retryAfterSeconds });
  });
});
