import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deploy, everything, get } from './stack.ts';

const role = z.looseObject({
  RoleName: z.string(),
  Policies: z.array(
    z.object({
      PolicyName: z.string(),
      PolicyDocument: z.object({
        Statement: z.array(
          z.looseObject({
            Effect: z.enum(['Allow', 'Deny']),
            Action: z.array(z.string()),
            Resource: z.string(),
          }),
        ),
      }),
    }),
  ),
});

const policiesOf = (parameters: Readonly<Record<string, string>> = {}) =>
  role.parse(get(deploy({ ...everything, ...parameters }), 'ProbeRole').Properties).Policies;

const probeOf = (parameters: Readonly<Record<string, string>> = {}) =>
  get(deploy({ ...everything, ...parameters }), 'ProbeFunction').Properties;

describe('the probe', () => {
  it('is there only where it has something to ask for', () => {
    const resources = [...deploy({ ...everything, ProbeTarget: '' }).keys()];

    expect(resources.filter((name) => name.startsWith('Probe'))).toEqual([]);
  });

  it('may ask for tokens as any caller may, and do nothing else', () => {
    const policies = policiesOf({ ProbeSubnetIds: '' });

    expect(policies.map(({ PolicyName }) => PolicyName)).toEqual([
      'ask-for-tokens',
      'own-logs-and-traces',
    ]);
    expect(policies[0]?.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['execute-api:Invoke'],
        Resource: 'arn:aws:execute-api:eu-west-1:999988887777:Api/api/POST/v1/iam/tokens',
      },
    ]);
  });

  it('manages network interfaces where it runs in subnets, and there alone', () => {
    expect(policiesOf().map(({ PolicyName }) => PolicyName)).toContain('own-network');
    expect(probeOf()).toMatchObject({ VpcConfig: { SubnetIds: ['subnet-0a1b2c3d'] } });
    expect(probeOf({ ProbeSubnetIds: '' }).VpcConfig).toBeUndefined();
  });

  it('has a role whose name the registry can list before the stack exists', () => {
    const { RoleName } = get(deploy(everything), 'ProbeRole').Properties;

    expect(RoleName).toBe('tokenvend-probe-eu-west-1');
  });

  it.each([
    ['', 'https://Api.execute-api.eu-west-1.amazonaws.com/api'],
    ['tokens.example.com', 'https://tokens.example.com'],
  ])('goes the way of the clients, with the domain %j to %s', (DomainName, url) => {
    expect(probeOf({ DomainName })).toMatchObject({
      Environment: {
        Variables: {
          TOKENVEND_API_URL: url,
          TOKENVEND_PROBE_ALLOWED: 'orders/probe',
          TOKENVEND_PROBE_DENIED: 'orders/orders_app',
        },
      },
    });
  });

  it('is run by its schedule, and by no other rule', () => {
    const resources = deploy(everything);

    expect(get(resources, 'ProbeSchedule').Properties).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      Targets: [{ Arn: 'ProbeFunction.Arn', RetryPolicy: { MaximumRetryAttempts: 0 } }],
    });
    expect(get(resources, 'ProbePermission').Properties).toEqual({
      FunctionName: 'ProbeFunction',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: 'ProbeSchedule.Arn',
    });
  });
});
