import { describe, expect, it } from 'vitest';
import { iamIdentityOf } from '../../../core/iam-identity.ts';

const account = '111122223333';
const roleArn = `arn:aws:sts::${account}:assumed-role/payments-nightly/run-1`;
const roleCaller = 'AROAEXAMPLEEXAMPLE12:run-1';
const userArn = `arn:aws:iam::${account}:user/deployer`;
const userCaller = 'AIDAEXAMPLEEXAMPLE12';

const refusal = (reason: string) => expect.objectContaining({ code: 'UNAUTHENTICATED', reason });

describe('iamIdentityOf', () => {
  it('reads the session of a role', () => {
    const identity = iamIdentityOf({ accountId: account, userArn: roleArn, caller: roleCaller });

    expect(identity).toEqual({
      kind: 'iam',
      account,
      principal: 'role',
      principalName: 'payments-nightly',
      uniqueId: 'AROAEXAMPLEEXAMPLE12',
      sessionName: 'run-1',
    });
  });

  it.each([
    ['without a path', 'deployer'],
    ['with a path', 'division/team/deployer'],
  ])('reads a user %s by its name alone', (_, tail) => {
    const userArn = `arn:aws:iam::${account}:user/${tail}`;

    const identity = iamIdentityOf({ accountId: account, userArn, caller: userCaller });

    expect(identity).toEqual({
      kind: 'iam',
      account,
      principal: 'user',
      principalName: 'deployer',
      uniqueId: userCaller,
    });
  });

  it.each(['aws-cn', 'aws-us-gov', 'aws-iso-b'])('knows the partition %s', (partition) => {
    const inPartition = (arn: string) => arn.replace('arn:aws:', `arn:${partition}:`);
    const role = { userArn: inPartition(roleArn), caller: roleCaller };
    const user = { userArn: inPartition(userArn), caller: userCaller };

    const identities = [role, user].map((one) => iamIdentityOf({ accountId: account, ...one }));

    expect(identities.map(({ principal }) => principal)).toEqual(['role', 'user']);
  });

  it.each([
    ['root', `arn:aws:iam::${account}:root`, account],
    ['a federated user', `arn:aws:sts::${account}:federated-user/bob`, `${account}:bob`],
    ['a role that is not assumed', `arn:aws:iam::${account}:role/payments-nightly`, roleCaller],
    ['a role with a path', `arn:aws:sts::${account}:assumed-role/p/nightly/run-1`, roleCaller],
    ['a session name with a slash', `${roleArn}/x`, `${roleCaller}/x`],
    ['another service', roleArn.replace(':sts:', ':s3:'), roleCaller],
    ['a newline at the end', `${roleArn}\n`, roleCaller],
    ['a newline before', `x\n${roleArn}`, roleCaller],
    ['a wildcard', `arn:aws:sts::${account}:assumed-role/*/run-1`, roleCaller],
    ['an account of 13 digits', roleArn.replace(account, `${account}3`), roleCaller],
    ['percent-encoding (A2)', roleArn.replace('payments-', 'payments%2d'), roleCaller],
    ['a Cyrillic letter (A2)', roleArn.replace('payments', 'pаyments'), roleCaller],
    ['a user with a newline at the end', `${userArn}\n`, userCaller],
    ['a user with a newline before', `x\n${userArn}`, userCaller],
    ['no ARN at all', 'payments-nightly', roleCaller],
  ])('A12: refuses %s', (_, userArn, caller) => {
    expect(() => iamIdentityOf({ accountId: account, userArn, caller })).toThrow(
      refusal('principal-refused'),
    );
  });

  it.each([
    ['an account that is not the one in the ARN', '999988887777', roleArn, roleCaller],
    ['another session name in the caller id', account, roleArn, 'AROAEXAMPLEEXAMPLE12:run-2'],
    ['no session name in the caller id', account, roleArn, 'AROAEXAMPLEEXAMPLE12'],
    ["a user's id with a role's ARN", account, roleArn, 'AIDAEXAMPLEEXAMPLE12:run-1'],
    ['two session names', account, roleArn, 'AROAEXAMPLEEXAMPLE12:x:run-1'],
    ['a caller id without the role', account, roleArn, 'undefined:run-1'],
    ["a role's id with a user's ARN", account, userArn, roleCaller],
    ["something before a user's id", account, userArn, `x${userCaller}`],
    ["something after a user's id", account, userArn, `${userCaller}:run-1`],
  ])('A12: refuses parts that contradict each other: %s', (_, accountId, userArn, caller) => {
    expect(() => iamIdentityOf({ accountId, userArn, caller })).toThrow(
      refusal('identity-unusable'),
    );
  });

  it.each([
    { accountId: null, userArn: roleArn, caller: roleCaller },
    { accountId: account, userArn: null, caller: roleCaller },
    { accountId: account, userArn: roleArn, caller: null },
    { accountId: '', userArn: '', caller: '' },
  ])('refuses what API Gateway has not filled in: %j', (context) => {
    expect(() => iamIdentityOf(context)).toThrow(refusal('identity-missing'));
  });
});
