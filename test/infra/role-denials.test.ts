import { describe, expect, it } from 'vitest';
import { grants, statementsOf } from './role-statements.ts';
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

  it.each(['Authorizer', 'Probe', 'Example'])(
    'keep the code of the %s function from what Lambda needs for its network',
    (name) => {
      const stack = deploy(everything);
      const role = get(stack, `${name}Role`);
      const { FunctionName } = get(stack, `${name}Function`).Properties;
      const forLambda = grants(role).filter((grant) => grant.startsWith('ec2:'));

      const refused = statementsOf(role, 'Deny');

      expect(refused).toEqual([
        {
          Effect: 'Deny',
          Action: expect.arrayContaining(forLambda.map((grant) => grant.replace(' *', ''))),
          Resource: ['*'],
          Condition: {
            ArnEquals: {
              'lambda:SourceFunctionArn': `arn:aws:lambda:eu-west-1:999988887777:function:${FunctionName}`,
            },
          },
        },
      ]);
      expect(forLambda).toContain('ec2:CreateNetworkInterface *');
    },
  );
});
