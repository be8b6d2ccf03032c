import { describe, expect, it } from 'vitest';
import { deploy, get, ofType } from './stack.ts';

describe('the authorizer', () => {
  const subnets = {
    AuthorizerSubnetIds: 'subnet-0a1b,subnet-0c2d',
    AuthorizerSecurityGroupIds: 'sg-0a1b',
  };

  it('is in no VPC unless there are subnets for it', () => {
    const { Properties } = get(deploy(), 'AuthorizerFunction');

    expect(Properties.VpcConfig).toBeUndefined();
  });

  it('is in the subnets given, and alone: the others fetch no keys', () => {
    const inVpc = ofType(deploy(subnets), 'AWS::Serverless::Function').flatMap(
      ([
        id,
        {
          Properties: { VpcConfig },
        },
      ]) => (VpcConfig === undefined ? [] : [{ id, VpcConfig }]),
    );

    expect(inVpc).toEqual([
      {
        id: 'AuthorizerFunction',
        VpcConfig: { SubnetIds: ['subnet-0a1b', 'subnet-0c2d'], SecurityGroupIds: ['sg-0a1b'] },
      },
    ]);
  });
});
