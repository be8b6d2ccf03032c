import { describe, expect, it } from 'vitest';
import { adviceWith } from '../../../../builders/drafts.ts';
import { withDatabase, withMember } from '../../../../builders/registry-files.ts';

const account = 'arn:aws:iam::111122223333';
const host = 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com';

/** What to do differs although the place does not. */
describe('what is found in a registry comes with advice', () => {
  it.each([
    ['the root user', `${account}:root`, 'The root user is not accepted'],
    [
      'a role whose name has root in it',
      `${account}:rootless`,
      'Give the full ARN of one IAM role',
    ],
    ['a federated user', 'arn:aws:sts::111122223333:federated-user/bob', 'Federated users'],
    ['a session', 'arn:aws:sts::111122223333:assumed-role/nightly/bob', 'not that of a session'],
    ['a name', 'nightly', 'Give the full ARN of one IAM role'],
  ])('for %s where a role should be', (_, iamRole, words) => {
    expect(adviceWith(withMember({ iamRole }))).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    ['nobody', {}, 'Say who this is'],
    [
      'two at once',
      { iamRole: `${account}:role/a`, iamUser: `${account}:user/b` },
      'Keep one of iamRole, iamUser',
    ],
  ])('for a member that is %s', (_, member, words) => {
    expect(adviceWith(withMember(member))).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    ['a host with capitals', { host: host.replace('o', 'O') }, 'in lower case'],
    ['an alias', { host: 'db.example.com' }, 'Give the endpoint that RDS shows'],
    ['what is no region', { host, region: 'europe' }, 'This is no AWS region'],
    ['the region of another host', { host, region: 'eu-central-1' }, 'The host is in eu-west-1'],
    ['what is no resource id', { host, resourceId: 'orders' }, 'Give the resource id'],
    ['the resource id of a proxy', { host, resourceId: 'prx-ABC' }, 'id of db or cluster-…'],
  ])('for %s', (_, database, words) => {
    expect(adviceWith(withDatabase(database))).toEqual([expect.stringContaining(words)]);
  });

  it('names the first of three issuers with one URL', () => {
    const url = 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
    const issuer = { url, audiences: ['https://tokens.example.com'], jwksUri: `${url}/keys` };

    const advice = adviceWith({ issuers: { second: issuer, third: issuer } });

    expect(advice).toHaveLength(2);
    for (const one of advice) expect(one).toContain('The issuer cluster has this URL');
  });

  it('names the first of three databases with one resource id', () => {
    const resourceId = 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const [second, third] = ['second', 'third'].map((name) => ({
      engine: 'postgres',
      host: host.replace('orders', name),
      port: 5432,
      region: 'eu-west-1',
      account: '111122223333',
      resourceId,
      users: { app: { teams: ['payments'] } },
    }));

    const advice = adviceWith({ databases: { second, third } });

    expect(advice).toHaveLength(2);
    for (const one of advice) expect(one).toContain('Database orders has this resource id');
  });
});
