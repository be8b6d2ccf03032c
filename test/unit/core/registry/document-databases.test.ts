import { describe, expect, it } from 'vitest';
import { isDatabase } from '../../../../core/registry/document-databases.ts';

const roleArn = 'arn:aws:iam::111122223333:role/tokenvend-payments';
const database = {
  name: 'orders',
  engine: 'postgres',
  host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
  port: 5432,
  region: 'eu-west-1',
  partition: 'aws',
  account: '111122223333',
  resourceIds: ['db-A1'],
  caBundle: 'eu-west-1',
  users: [],
};
const withUser = (change: object) => ({
  ...database,
  users: [{ name: 'app', grants: [], ...change }],
});
const withRole = (arn: unknown) => withUser({ grants: [{ team: 'payments', roleArn: arn }] });

describe('a database of a compiled registry', () => {
  it.each(['postgres', 'mysql', 'mariadb'])('may be %s', (engine) => {
    expect(isDatabase({ ...database, engine })).toBe(true);
  });

  it.each(['db-A1', 'cluster-A1', 'prx-a1'])('may be the resource %s', (id) => {
    expect(isDatabase({ ...database, resourceIds: [id] })).toBe(true);
  });

  it('has users, each with roles to open it by', () => {
    expect(isDatabase(withRole(roleArn))).toBe(true);
  });

  it.each([
    ['an account that is a number', { ...database, account: 111_122_223_333 }],
    ['an account with more before it', { ...database, account: 'x111122223333' }],
    ['an account with more after it', { ...database, account: '1111222233334' }],
    ['A16: a resource with more before it', { ...database, resourceIds: ['*/db-A1'] }],
    ['A16: a resource with more after it', { ...database, resourceIds: ['db-A1/*'] }],
    ['A16: one of two that is every one', { ...database, resourceIds: ['db-A1', '*'] }],
    ['a user whose name is a number', withUser({ name: 7 })],
    ['a network that is a number', withUser({ vendFromCidrs: [7] })],
    ['a role with more before it', withRole(`x${roleArn}`)],
    ['a role below a path', withRole(`${roleArn}/x`)],
    ['a role that is none', withRole(7)],
  ])('has not %s', (_, value) => {
    expect(isDatabase(value)).toBe(false);
  });
});
