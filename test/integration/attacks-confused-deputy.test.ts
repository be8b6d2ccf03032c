import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseToken } from '../../core/token.ts';
import { nightlyCredentials } from '../../local/callers.ts';
import { roleArns } from '../../local/organization.ts';
import { vend, vendAs, vendSigned } from './support/callers.ts';
import { aHeldStack } from './support/held-stack.ts';
import { type HttpAnswer, outcomeOf, problemOf, vendedOf } from './support/http.ts';
import { editRegistry } from './support/registry-edits.ts';
import { lastRecord } from './support/test-stack.ts';

const { stack, clock } = await aHeldStack();
/** A second pod of the same team, issuer and namespace. */
const worker = 'system:serviceaccount:payments:worker';

beforeAll(async () => {
  await editRegistry(stack, clock, [
    ['orders_app:    { members: [payments/api-pods] }', 'orders_app: { teams: [payments] }'],
    [
      '      api-pods:',
      `      worker: { issuer: prod-cluster, subject: "${worker}" }\n      api-pods:`,
    ],
  ]);
});

beforeEach(() => clock.advance(1));

/** All that a caller can tell two answers apart by. */
function visible({ status, headers, text }: HttpAnswer): unknown {
  const { date: _date, 'x-amzn-requestid': _id, ...rest } = headers;
  return { status, rest, body: text.replace(/"requestId":"[^"]+"/, '') };
}

describe('a request that says more than what it wants', () => {
  it.each([
    ['roleArn', roleArns.vendor],
    ['host', 'db.evil.example'],
    ['port', 5433],
    ['region', 'us-east-1'],
    ['account', '444455556666'],
    ['externalId', 'guess'],
    ['resourceId', 'db-OTHER'],
    ['durationSeconds', 43_200],
    ['dbuser', 'rds_superuser'],
    ['__proto__', { user: 'engineer_1' }],
  ])('A14: is refused for %s', async (key, value) => {
    const before = stack.sts.calls.count();
    const body = `{"database":"orders","user":"orders_app",${JSON.stringify(key)}:${JSON.stringify(value)}}`;

    const answer = await vendAs(stack, 'orders-pod', body);

    expect(outcomeOf(answer)).toBe('400 INVALID_REQUEST');
    expect(stack.sts.calls.count()).toBe(before);
  });

  it('A14: is refused when it says the same thing twice', async () => {
    const body = '{"database":"orders","user":"orders_app","user":"engineer_1"}';

    expect(outcomeOf(await vendAs(stack, 'orders-pod', body))).toBe('400 INVALID_REQUEST');
  });

  it.each(['*', 'orders_*', 'orders_ap?', '\x24{aws:username}', 'a"]},{', 'orders_app\n', 'a/b'])(
    'A16: is refused for the user %j, which a policy would read otherwise',
    async (user) => {
      const answer = await vendAs(stack, 'orders-pod', { database: 'orders', user });

      expect(['400 INVALID_REQUEST', '403 DENIED']).toContain(outcomeOf(answer));
    },
  );
});

describe('what a caller may not have', () => {
  it('A14: looks the same as what does not exist', async () => {
    const forbidden = await vendAs(stack, 'billing-pod', { database: 'orders' });
    const forbiddenReason = lastRecord(stack).reason;
    const unknown = await vendAs(stack, 'billing-pod', { database: 'no-such' });

    expect(visible(unknown)).toEqual(visible(forbidden));
    expect(problemOf(unknown).requestId).not.toBe(problemOf(forbidden).requestId);
    expect([forbiddenReason, lastRecord(stack).reason]).toEqual([
      'not-granted',
      'unknown-database',
    ]);
  });

  it("A14: looks the same for a user and for a team of another's", async () => {
    const theirs = await vendAs(stack, 'orders-pod', { database: 'orders', user: 'engineer_1' });
    const nobodys = await vendAs(stack, 'orders-pod', { database: 'orders', user: 'nobody' });
    const team = await vendAs(stack, 'orders-pod', { database: 'orders', team: 'billing' });
    const noTeam = await vendAs(stack, 'orders-pod', { database: 'orders', team: 'no-such' });

    expect(outcomeOf(theirs)).toBe('403 DENIED');
    expect([nobodys, team, noTeam].map(visible)).toEqual(Array(3).fill(visible(theirs)));
  });
});

describe('A15: callers of one role and one database user', () => {
  const wish = { database: 'orders', user: 'orders_app' };

  async function asWorker(): Promise<HttpAnswer> {
    const claims = { sub: worker, aud: [stack.audience] };
    return vend(
      stack,
      await stack.issuers.kubernetes.issue(claims, { expiresInSeconds: 60 }),
      wish,
    );
  }

  /** One token each. */
  async function allTokens(): Promise<string[]> {
    const answers = [
      await vendAs(stack, 'orders-pod', wish),
      await asWorker(),
      await vendAs(stack, 'engineer', wish),
      await vendSigned(stack, nightlyCredentials(stack), wish),
    ];
    return answers.map((answer) => vendedOf(answer).token);
  }

  it('never share a session or a token', async () => {
    const tokens = await allTokens();

    const keys = tokens.map((token) => parseToken(token)?.accessKeyId);
    expect(new Set(keys).size).toBe(4);
    expect(keys).toEqual(stack.auditRecords.slice(-4).map(({ accessKeyId }) => accessKeyId));
    const identities = stack.sts.calls.recent().map(({ sourceIdentity }) => sourceIdentity);
    expect(new Set(identities.slice(-4)).size).toBe(4);
  });

  it('each get their own again from the cache', async () => {
    const before = await allTokens();
    const calls = stack.sts.calls.count();

    expect(await allTokens()).toEqual(before);
    expect(stack.sts.calls.count()).toBe(calls);
  });
});
