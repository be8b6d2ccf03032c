import { describe, expect, it } from 'vitest';
import { readPrincipalArn } from '../../../../core/registry/arn.ts';

const arn = 'arn:aws:iam::111122223333:role/tokenvend-payments';

describe('readPrincipalArn', () => {
  it('reads every part', () => {
    expect(readPrincipalArn(arn.replace('role/', 'user/a/b/'))).toEqual({
      partition: 'aws',
      account: '111122223333',
      kind: 'user',
      path: '/a/b/',
      name: 'tokenvend-payments',
    });
  });

  it.each([
    ['something before it', `x${arn}`],
    ['a line before it', `x\n${arn}`],
    ['a line feed after it', `${arn}\n`],
    ['something after it', `${arn}*`],
    ['no name', 'arn:aws:iam::111122223333:role/'],
    ['nothing', ''],
  ])('A12: reads none with %s', (_, text) => {
    expect(readPrincipalArn(text)).toBeUndefined();
  });
});
