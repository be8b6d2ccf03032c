import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { ordersDatabase, roleArns } from '../../local/organization.ts';
import { vend, vendAs } from './support/callers.ts';
import { aToken, type TokenParts } from './support/crafted-tokens.ts';
import { connect, refusalOf } from './support/database-session.ts';
import { vendedOf } from './support/http.ts';
import { holdMachineClock } from './support/machine-clock.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
  withDatabase,
} from './support/test-stack.ts';

const clock = holdMachineClock();
let stack: TestStack;

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack(withDatabase);
});

afterAll(async () => {
  await stack.close();
  clock.release();
});

const later = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

describe('A29: a token for something else', () => {
  it.each<readonly [string, () => TokenParts, string]>([
    [
      'another host',
      () => ({ host: ordersDatabase.host.replace('orders', 'ledger') }),
      'wrong-host',
    ],
    ['an alias of the host', () => ({ host: 'localhost' }), 'wrong-host'],
    ['another port', () => ({ port: stack.database.port - 1 }), 'wrong-port'],
    ['another user', () => ({ user: 'engineer_1' }), 'wrong-user'],
    ['another region', () => ({ region: 'us-east-1' }), 'wrong-region'],
    ['another service', () => ({ service: 'elasticache' }), 'malformed'],
    ['another action', () => ({ action: 'disconnect' }), 'malformed'],
    ['more than 15 minutes', () => ({ expiresIn: 901 }), 'malformed'],
    ['a time that is over', () => ({ signedAt: later(-900) }), 'expired'],
    ['a time to come', () => ({ signedAt: later(600) }), 'not-yet-valid'],
    ['a role that may not connect', () => ({ roleArn: roleArns.nightly }), 'not-authorized'],
  ])('does not open the database: %s', async (_what, parts, reason) => {
    const password = await aToken(stack, parts());

    expect(await refusalOf(stack, { user: 'orders_app', password })).toBe(reason);
  });

  it('does: for this host, port, region and user, at this time', async () => {
    const password = await aToken(stack);

    expect(await refusalOf(stack, { user: 'orders_app', password })).toBe('opened');
  });
});

describe('a token that was vended', () => {
  it('A29: opens the database for its own user alone', async () => {
    const { token, user } = vendedOf(await vendAs(stack, 'orders-pod'));

    const others = ordersDatabase.users.filter((one) => one !== user);
    const refusals = [];
    for (const other of [...others, 'rdsadmin']) {
      refusals.push(await refusalOf(stack, { user: other, password: token }));
    }

    expect(await refusalOf(stack, { user, password: token })).toBe('opened');
    expect(new Set(refusals)).toEqual(new Set(['wrong-user', 'not-rds-iam']));
  });

  it('A29: cannot be turned into one for another user, host or port', async () => {
    const { token, user } = vendedOf(await vendAs(stack, 'orders-pod'));
    const forOther = token.replace(`DBUser=${user}`, 'DBUser=engineer_1');

    const refusals = [
      await refusalOf(stack, { user: 'engineer_1', password: forOther }),
      await refusalOf(stack, {
        user,
        password: token.replace('X-Amz-Expires=900', 'X-Amz-Expires=800'),
      }),
      await refusalOf(stack, { user, password: `${token}&x=1` }),
    ];

    expect(refusals).toEqual(['bad-signature', 'bad-signature', 'malformed']);
  });

  it('A30: opens the database from every format that carries it', async () => {
    const jwt = await identityOf(stack, 'orders-pod');
    const bare = await vend(stack, jwt, undefined, { query: '?format=token' });
    const lines = await vend(stack, jwt, undefined, { query: '?format=env' });
    const fromEnv = /^export PGPASSWORD='(.+)'$/m.exec(lines.text)?.[1] ?? '';

    expect(await refusalOf(stack, { user: 'orders_app', password: bare.text })).toBe('opened');
    expect(fromEnv).toBe(bare.text);
  });

  it('opens the database until the instant it says, and keeps what it opened', async () => {
    const { token, user, expiresAt } = vendedOf(await vendAs(stack, 'orders-pod'));
    const session = await connect(stack, { user, password: token });
    clock.advance((expiresAt.getTime() - Date.now()) / 1000 - 1);
    const atLast = await refusalOf(stack, { user, password: token });
    clock.advance(1);
    const over = await refusalOf(stack, { user, password: token });

    expect([atLast, over]).toEqual(['opened', 'expired']);
    expect((await session.query('select current_user as user')).rows).toEqual([{ user }]);
    await session.end();
  });
});
