import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VendError } from '../../../core/errors.ts';
import { aCaller } from '../../builders/callers.ts';
import { secondsAfter } from '../../builders/clock.ts';
import { isPending, settle } from '../../builders/deferred.ts';
import { type EventParts, passedOn, signedByNightly } from '../../builders/events.ts';
import { bodyOf, tokensFunction } from '../../builders/handlers.ts';
import { recordOutput } from '../../builders/output.ts';
import { aFailingAudit, aLateAudit, anAudit } from '../../builders/ports.ts';
import { anIssuedToken } from '../../builders/sessions.ts';

let output: ReturnType<typeof recordOutput>;

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'tokenvend');
  output = recordOutput();
});
afterEach(() => output.stop());

const unreadable: [string, EventParts, string, string][] = [
  ['no body', { body: null }, 'failed', 'body-unreadable'],
  ['a body that is no JSON', { body: 'x' }, 'failed', 'body-unreadable'],
  ['a key too many', { body: '{"database":"orders","roleArn":"x"}' }, 'failed', 'body-invalid'],
  ['5 KB', { body: `{"database":"${'x'.repeat(5120)}"}` }, 'failed', 'body-too-large'],
  ['an unknown format', { query: { format: ['url'] } }, 'failed', 'query-invalid'],
];

const unknownCallers: [string, EventParts, string, string][] = [
  ['no identity', { authorizer: null }, 'unauthenticated', 'identity-missing'],
  ['a broken identity', { authorizer: { identity: '{' } }, 'unauthenticated', 'identity-unusable'],
  [
    'a JWT context on an IAM route',
    { resource: '/v1/iam/tokens' },
    'unauthenticated',
    'identity-missing',
  ],
  [
    'an IAM context on a JWT route',
    { authorizer: null, iam: signedByNightly },
    'unauthenticated',
    'identity-missing',
  ],
];

const known: [string, EventParts, string, string | undefined][] = [
  ['a vend', {}, 'vended', undefined],
  ['a denial', { body: '{"database":"other"}' }, 'denied', 'unknown-database'],
  [
    'an identity that has run out',
    { authorizer: passedOn(aCaller({ expiresAt: secondsAfter(-60) })) },
    'unauthenticated',
    'identity-expired',
  ],
];

describe('every attempt', () => {
  it.each([...unreadable, ...unknownCallers, ...known])(
    'leaves exactly one record: %s',
    async (_, event, outcome, reason) => {
      const audit = anAudit();

      await tokensFunction({ audit })(event);

      expect(audit.records).toHaveLength(1);
      expect(audit.records[0]).toMatchObject({
        outcome,
        requestId: 'request-1',
        sourceIp: '203.0.113.7',
        ...(reason === undefined ? {} : { reason }),
      });
    },
  );

  it.each([...unreadable, ...known])('names its caller, who is known: %s', async (_, event) => {
    const audit = anAudit();

    await tokensFunction({ audit })(event);

    expect(audit.records[0]?.caller).toMatchObject({
      kind: 'jwt',
      principal: 'system:serviceaccount:payments:api',
    });
  });

  it.each([...unreadable, ...unknownCallers, ...known])(
    'A22: is answered only when its record is safe: %s',
    async (_, event) => {
      const audit = aLateAudit();

      const answer = tokensFunction({ audit })(event);
      await settle();

      expect(audit.records).toHaveLength(1);
      expect(await isPending(answer)).toBe(true);
      audit.release();
      expect((await answer).statusCode).toBeGreaterThanOrEqual(200);
    },
  );

  it.each([...unreadable, ...unknownCallers, ...known])(
    'A22: is a 503 where no record can be written: %s',
    async (_, event) => {
      const audit = aFailingAudit(new VendError('UPSTREAM_UNAVAILABLE', 'audit-unwritable'));

      const answer = await tokensFunction({ audit })(event);

      expect(answer.statusCode).toBe(503);
      expect(bodyOf(answer)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
      expect(JSON.stringify(answer)).not.toContain(anIssuedToken().token);
    },
  );
});

describe('A28: an event of another API', () => {
  it('vends nothing, although its identity would be granted everything', async () => {
    const audit = anAudit();

    const answer = await tokensFunction({ audit })({ apiId: 'zzzzzzzzzz' });

    expect(bodyOf(answer)).toMatchObject({ code: 'INTERNAL' });
    expect(audit.records.filter(({ outcome }) => outcome === 'vended')).toEqual([]);
  });
});

describe('A28: an event that another API, or nobody, sent', () => {
  it('is recorded under the id of the invocation, with nothing that it claims', async () => {
    const audit = anAudit();

    await tokensFunction({ audit })({ apiId: 'somebodyelse' });

    expect(audit.records).toEqual([
      {
        audit: 'vend',
        outcome: 'failed',
        reason: 'forged-event',
        requestId: 'invocation-1',
        vendId: expect.any(String),
        time: expect.any(String),
      },
    ]);
  });
});
