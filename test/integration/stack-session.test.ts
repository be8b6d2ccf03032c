import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationNameOf } from '../../core/connection/application-name.ts';
import { nightlyCredentials } from '../../local/callers.ts';
import { roleArns } from '../../local/organization.ts';
import { vendAs, vendSigned } from './support/callers.ts';
import { connect } from './support/database-session.ts';
import { type Vended, vendedOf } from './support/http.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
  withDatabase,
} from './support/test-stack.ts';

let stack: TestStack;
let answer: Vended;
let session: Client;

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack(withDatabase);
  answer = vendedOf(await vendAs(stack, 'orders-pod'));
  session = await connect(stack, {
    user: answer.user,
    password: answer.token,
    applicationName: applicationNameOf({ applicationName: 'orders-api', vendId: answer.id }),
  });
});

afterAll(async () => {
  await session.end();
  await stack.close();
});

interface Activity {
  readonly user: string;
  readonly application: string;
}

/** What the database's administrator sees of the sessions of a user. */
async function activityOf(user: string): Promise<readonly Activity[]> {
  const rows = await stack.database.query(
    'postgres',
    'select usename as user, application_name as application from pg_stat_activity where usename = $1',
    [user],
  );
  return rows.map((row) => ({ user: String(row.user), application: String(row.application) }));
}

describe('a database session from end to end', () => {
  it('is that of the user vended for, over TLS', async () => {
    const { rows } = await session.query('select current_user as user, current_database() as name');

    expect(rows).toEqual([{ user: 'orders_app', name: 'orders' }]);
  });

  it('bears the id of its vend, where the administrator sees it', async () => {
    expect(await activityOf('orders_app')).toEqual([
      { user: 'orders_app', application: `orders-api tv:${answer.id}` },
    ]);
  });

  it('leads by that id to its record in the audit file', async () => {
    const [{ application } = { application: '' }] = await activityOf('orders_app');
    const id = /tv:(\S+)$/.exec(application)?.[1];
    const lines = (await readFile(join(stack.directory, 'audit.jsonl'), 'utf8')).trim().split('\n');

    const record = lines.map((line) => JSON.parse(line)).find(({ vendId }) => vendId === id);

    expect(record).toMatchObject({
      audit: 'vend',
      outcome: 'vended',
      caller: { kind: 'jwt', principal: 'system:serviceaccount:payments:api' },
      team: 'payments',
      member: 'api-pods',
      database: 'orders',
      user: 'orders_app',
      roleArn: roleArns.payments,
      tokenSha256: createHash('sha256').update(answer.token).digest('hex'),
      reused: false,
      expiresAt: answer.expiresAt.toISOString(),
    });
  });

  it('leads on to the call by which STS knows the caller', async () => {
    const [record] = stack.auditRecords;
    const [call] = stack.sts.calls.recent();

    expect(call).toMatchObject({
      action: 'AssumeRole',
      roleArn: record?.roleArn,
      roleSessionName: record?.roleSessionName,
      sourceIdentity: record?.sourceIdentity,
      outcome: 'ok',
    });
  });

  it('can do what its user may, and no more', async () => {
    await session.query('create table placed (id integer)');

    await expect(session.query('select pg_read_file($1)', ['/etc/passwd'])).rejects.toMatchObject({
      code: '42501',
    });
    await expect(session.query('set role rdsadmin')).rejects.toMatchObject({ code: '42501' });
  });

  it('begins with AWS credentials just as well', async () => {
    const signed = vendedOf(await vendSigned(stack, nightlyCredentials(stack)));

    const batch = await connect(stack, { user: signed.user, password: signed.token });
    const { rows } = await batch.query('select current_user as user');
    await batch.end();

    expect(rows).toEqual([{ user: 'orders_batch' }]);
  });
});
