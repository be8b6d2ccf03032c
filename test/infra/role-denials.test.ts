import { describe, expect, it } from 'vitest';
import { statementsOf } from './role-statements.ts';
import { deploy, everything, get, ofType } from './stack.ts';

describe('the refusals of roles', () => {
  it.each([['tokenvend'], ['tokenvend-prod'], ['vending']])(
    'A23: keep the tokens function from every role of its own stack, called %s',
    (name) => {
      const stack = deploy({ ...everything, 'AWS::StackName': name });
      const own = ofType(stack, 'AWS::IAM::Role').map(([id, { Properties }]) =>
        Properties.RoleName === undefined
          ? `${id}.Arn`
          : `arn:aws:iam::999988887777:role/${Properties.RoleName}`,
      );

      const refused = statementsOf(get(stack, 'TokensRole'), 'Deny');

      expect(refused.map(({ Action }) => Action)).toEqual([['sts:AssumeRole']]);
      expect(refused.flatMap((one) => one.Resource).sort()).toEqual(own.sort());
    },
  );

  it('hold no pattern, by which a stack called tokenvend would lose its team roles', () => {
    const refused = statementsOf(get(deploy(everything), 'TokensRole'), 'Deny');

    expect(refused.flatMap((one) => one.Resource).join()).not.toMatch(/[*?]/);
  });
});
