import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type RegistryRecords,
  recordsInForce,
  recordsOf,
} from '../../../operator/registry-records.ts';
import { parseEntry } from '../../../operator/suspension-entry.ts';
import { suspensionTargets } from '../../../operator/suspension-targets.ts';
import { whatRemains } from '../../../operator/what-remains.ts';
import { startOfTest } from '../../builders/clock.ts';
import { aDynamodb, type WatchedDynamodb } from '../../builders/dynamodb.ts';
import { aDatabase, aGrant, aMember, aUser } from '../../builders/registry.ts';
import { aCompiledRegistry } from '../../builders/registry-files.ts';

const ledgerRole = 'arn:aws:iam::111122223333:role/tokenvend-ledger';
const base = aCompiledRegistry();
const document = {
  ...base,
  members: [
    aMember({ issuerName: 'cluster' }),
    aMember({ team: 'ledger', name: 'ci', issuerName: 'github' }),
  ],
  databases: [
    aDatabase({
      users: [
        aUser(),
        aUser({ name: "o'brien\\", grants: [aGrant({ member: 'deploy' })] }),
        aUser({ name: 'audit', grants: [aGrant({ team: 'ledger', roleArn: ledgerRole })] }),
      ],
    }),
    aDatabase({ name: 'shop', engine: 'mysql', users: [aUser({ name: "o'brien\\" })] }),
  ],
};

let dynamodb: WatchedDynamodb;
beforeEach(async () => {
  dynamodb = await aDynamodb();
  await dynamodb.publish(document);
});
afterEach(() => dynamodb.close());

async function remains(text: string, given?: RegistryRecords) {
  const entry = parseEntry(text);
  const records = given ?? (await recordsInForce(dynamodb.table));
  const found = await suspensionTargets(entry, records);
  const targets = found.targets.map(({ database, user }) => `${database.name}/${user}`).sort();
  const lines = whatRemains(entry, found, startOfTest);
  const policy = JSON.parse(lines.find((line) => line.startsWith('{')) ?? '{}');
  return { targets, text: lines.join('\n'), statement: policy.Statement?.[0] };
}

describe('what a suspension leaves', () => {
  it.each([
    ['team/payments', ["orders/o'brien\\", 'orders/orders_app', "shop/o'brien\\"]],
    ['member/payments/api-pods', ['orders/orders_app', "shop/o'brien\\"]],
    ['member/payments/deploy', ["orders/o'brien\\", 'orders/orders_app', "shop/o'brien\\"]],
    ['database/shop', ["shop/o'brien\\"]],
    ['user/orders/audit', ['orders/audit']],
    ['issuer/github', ['orders/audit']],
    ['issuer/cluster', ['orders/orders_app', "shop/o'brien\\"]],
    ['team/strangers', []],
  ])('of %s concerns the users that it could log in as', async (entry, expected) => {
    expect((await remains(entry)).targets).toEqual(expected);
    expect((await remains(entry, recordsOf(document))).targets).toEqual(expected);
  });

  it.each([
    ['team/payments', true],
    ['team/strangers', false],
    ['member/payments/api-pods', true],
    ['member/payments/api-podz', false],
    ['database/shop', true],
    ['database/shops', false],
    ['user/orders/audit', true],
    ['user/orders/audits', false],
    ['issuer/github', true],
    ['issuer/gitlab', false],
  ])('of %s is known or not: a misspelt name cuts nobody off', async (entry, known) => {
    const inForce = await recordsInForce(dynamodb.table);
    const stored = await suspensionTargets(parseEntry(entry), inForce);
    const inFiles = await suspensionTargets(parseEntry(entry), recordsOf(document));

    expect([stored.isKnown, inFiles.isKnown]).toEqual([known, known]);
  });

  it('is a query that finds the vends of an issuer by its URL', async () => {
    const { text } = await remains('issuer/github');

    expect(text).toContain('caller.issuer = "https://token.actions.githubusercontent.com"');
  });

  it('is a query alone where the version in force grants it nothing: no policy denies everything', async () => {
    const { statement, text } = await remains('team/strangers');

    expect(statement).toBeUndefined();
    expect(text).toContain('| filter audit = "vend"');
    expect(text).toContain('grants nothing to this name');
  });

  it('is a policy for the sessions of before, and for these users alone', async () => {
    const { statement, text } = await remains('user/orders/audit');

    expect(statement).toEqual({
      Sid: 'TokenvendSuspended',
      Effect: 'Deny',
      Action: 'rds-db:connect',
      Resource: [
        'arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-ABCDEFGHIJKLMNOPQRSTUVWXYZ/audit',
      ],
      Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-03-01T12:00:00.000Z' } },
    });
    expect(text).toContain(ledgerRole);
  });

  it.each([
    ['user/orders/audit', false],
    ['database/shop', true],
  ])(
    'of %s warns of whose sessions end, and where a statement only prints others',
    async (entry, isMysql) => {
      const { text } = await remains(entry);

      expect(text).toContain('other members included');
      expect(text.includes('CALL lines. Run those, too.')).toBe(isMysql);
    },
  );

  it('names users in SQL so that no name can end its text', async () => {
    const { text } = await remains('team/payments');

    expect(text).toContain("usename =  E'o''brien\\\\' AND");
    expect(text).toContain(`user = 0x${Buffer.from("o'brien\\").toString('hex')} AND`);
  });
});
