import { Writable } from 'node:stream';
import { STSClient, STSServiceException } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStdoutAudit } from '../../../adapters/stdout-audit.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import type { TokensDependencies } from '../../../functions/tokens/handler.ts';
import { aCaller } from '../../builders/callers.ts';
import { secondsAfter } from '../../builders/clock.ts';
import { aContext, anEvent, type EventParts, passedOn } from '../../builders/events.ts';
import { recordOutput } from '../../builders/output.ts';
import { secrets, wired } from '../../builders/planted.ts';

const sts = mockClient(STSClient);
let output: ReturnType<typeof recordOutput>;

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_LOGGER_LOG_EVENT', 'true');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'tokenvend');
  sts.reset();
  sts.onAnyCommand().resolves({
    Credentials: {
      AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      SecretAccessKey: secrets.secretKey,
      SessionToken: secrets.sessionToken,
      Expiration: secondsAfter(3600, new Date()),
    },
  });
  output = recordOutput();
});
afterEach(() => output.stop());

const caller = aCaller({
  expiresAt: secondsAfter(600, new Date()),
  claims: { email: secrets.claim },
});
const headers = { Authorization: `Bearer ${secrets.jwt}` };
const anAttempt = (parts: EventParts = {}) =>
  anEvent({ headers, authorizer: passedOn(caller), ...parts });

const crowdedError = (): Error =>
  Object.assign(new Error(Object.values(secrets).join(' ')), {
    payload: { email: secrets.claim },
    cause: new Error(secrets.message),
  });
const throwing = () => Promise.reject(crowdedError());
const failingSts = (error: Error) => () => {
  sts.onAnyCommand().rejects(error);
  return {};
};
const refusal = (name: string) =>
  new STSServiceException({ $metadata: {}, $fault: 'client', message: secrets.message, name });
const halfAnswering = () => {
  const half = { SecretAccessKey: secrets.secretKey, SessionToken: secrets.sessionToken };
  sts
    .onAnyCommand()
    .resolves({ Credentials: { ...half, AccessKeyId: 'A', Expiration: undefined } });
  return {};
};
const brokenStream = () =>
  new Writable({ write: (_chunk, _encoding, done) => done(crowdedError()) }).on(
    'error',
    () => undefined,
  );

const paths: [string, EventParts, (() => Partial<TokensDependencies>)?][] = [
  ['a vend', {}],
  ['a vend as env', { query: { format: ['env'] } }],
  ['a denial', { body: '{"database":"other"}' }],
  [
    'a stranger',
    {
      authorizer: passedOn(
        aCaller({
          expiresAt: secondsAfter(600, new Date()),
          claims: { email: `${secrets.claim}2` },
        }),
      ),
    },
  ],
  [
    'an expired identity',
    { authorizer: passedOn(aCaller({ expiresAt: new Date(0), claims: { email: secrets.claim } })) },
  ],
  ['a broken identity', { authorizer: { identity: `{"claims":"${secrets.claim}"` } }],
  ['a body that is no JSON', { body: secrets.body }],
  ['a key too many', { body: `{"database":"orders","${secrets.body}":"${secrets.body}"}` }],
  ['a wrong format', { query: { format: [secrets.body] } }],
  ['a forged event', { apiId: secrets.message }],
  ['STS denies', {}, failingSts(refusal('AccessDenied'))],
  ['STS throttles', {}, failingSts(refusal('Throttling'))],
  ['STS fails', {}, failingSts(refusal('InternalFailure'))],
  ['the network fails', {}, failingSts(crowdedError())],
  ['STS answers half', {}, halfAnswering],
  ['the registry throws', {}, () => ({ registry: { slice: throwing } })],
  ['the session cache throws', {}, () => ({ sessions: { obtain: throwing } })],
  ['the signer throws', {}, () => ({ tokens: { cut: throwing } })],
  ['the audit throws', {}, () => ({ audit: { write: throwing } })],
];

describe('A21: nothing secret comes out', () => {
  it.each(paths)('of %s', async (_, event, prepare) => {
    const handler = wired(prepare?.() ?? {});

    const answer = await handler(anAttempt(event), aContext());

    const isVended = answer.statusCode === 200;
    const said = [output.text(), JSON.stringify(answer.headers), isVended ? '' : answer.body].join(
      '\n',
    );
    for (const secret of Object.values(secrets)) expect(said).not.toContain(secret);
    expect(said).not.toMatch(/X-Amz-Signature|X-Amz-Security-Token/);
    expect(said).toContain('request-1');
  });

  it('of an audit stream that fails, and no token either', async () => {
    const { log, counters } = createTelemetry();
    const audit = createStdoutAudit({ stream: brokenStream(), log, counters });

    const answer = await wired({ audit })(anAttempt(), aContext());

    expect(answer.statusCode).toBe(503);
    const said = output.text() + JSON.stringify(answer);
    for (const secret of Object.values(secrets)) expect(said).not.toContain(secret);
    expect(said).not.toContain('X-Amz-Signature');
  });

  it('of a vend but to its caller: the search does find what is there', async () => {
    const answer = await wired()(anAttempt(), aContext());

    expect(answer.body).toContain(secrets.sessionToken);
    expect(output.text()).toContain('"outcome":"vended"');
    expect(output.text()).toContain('"Vended":1');
  });
});
