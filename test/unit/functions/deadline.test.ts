import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../../builders/deferred.ts';
import { aContext } from '../../builders/events.ts';
import {
  bodyOf,
  databasesFunction,
  publicFunction,
  tokensFunction,
} from '../../builders/handlers.ts';
import { recordOutput } from '../../builders/output.ts';
import { aLateAudit, anAudit } from '../../builders/ports.ts';
import { anIssuedToken } from '../../builders/sessions.ts';

let output: ReturnType<typeof recordOutput>;

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'tokenvend');
  output = recordOutput();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  output.stop();
});

const context = aContext({ leftMs: 9_000 });
const never = <T>(): Promise<T> => new Promise(() => undefined);
const unavailable = { code: 'UPSTREAM_UNAVAILABLE', retryable: true };

describe('the tokens function', () => {
  it('A22: answers a vend that hangs 1.5 s before its limit, and records it as failed', async () => {
    const audit = anAudit();
    const answer = tokensFunction({ audit, sessions: { obtain: never } })({}, context);

    await vi.advanceTimersByTimeAsync(7_500);

    expect(bodyOf(await answer)).toMatchObject(unavailable);
    expect(audit.records).toMatchObject([{ outcome: 'failed', reason: 'out-of-time' }]);
  });

  it('A22: answers without a token where its record hangs, and with none once it is there', async () => {
    const audit = aLateAudit();
    const answer = tokensFunction({ audit })({}, context);

    await vi.advanceTimersByTimeAsync(8_750);
    audit.release();
    await settle();

    expect(bodyOf(await answer)).toMatchObject(unavailable);
    expect(JSON.stringify(await answer)).not.toContain(anIssuedToken().token);
    expect(audit.records).toHaveLength(1);
  });
});

describe('the databases function', () => {
  it('answers a look at the registry that hangs 1.5 s before its limit', async () => {
    const registry = { slice: () => never<never>(), listing: () => never<never>() };
    const answers = ['/v1/databases', '/v1/whoami'].map((resource) =>
      databasesFunction({ registry })({ resource }, context),
    );

    await vi.advanceTimersByTimeAsync(7_500);

    for (const answer of answers) expect(bodyOf(await answer)).toMatchObject(unavailable);
  });
});

describe('A22: the early answer of the library, which leaves without a record', () => {
  it.each([
    ['tokens', tokensFunction({ audit: { write: () => never() } }), 1],
    ['databases', databasesFunction({ registry: { slice: never, listing: never } }), 1],
    ['public', publicFunction(), 0],
  ])('is off: nobody else asks how much time is left (%s)', async (_, send, expected) => {
    let asked = 0;
    const left = (): number => {
      asked += 1;
      return 9_000;
    };

    void send({}, { ...context, getRemainingTimeInMillis: left });
    await settle();

    expect(asked).toBe(expected);
  });
});
