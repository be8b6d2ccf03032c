import { expect, it } from 'vitest';
import { callLog } from '../../../../local/aws/sts-calls.ts';
import { teamRoleArn } from './a-local-aws.ts';

it('counts for ever, and keeps the last thousand calls', () => {
  const log = callLog();

  for (let nth = 1; nth <= 1001; nth++) {
    log.add({
      action: 'AssumeRole',
      roleArn: teamRoleArn,
      roleSessionName: `${nth}`,
      outcome: 'ok',
    });
  }

  expect(log.count()).toBe(1001);
  expect(log.count(teamRoleArn)).toBe(1001);
  expect(log.recent()).toHaveLength(1000);
  expect(log.recent()[0]?.roleSessionName).toBe('2');
});
