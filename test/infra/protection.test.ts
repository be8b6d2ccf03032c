import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problem } from '../../core/problem.ts';
import { deploy, everything, get } from './stack.ts';

const visibility = z.looseObject({ SampledRequestsEnabled: z.boolean() });

const webAcl = z.looseObject({
  DefaultAction: z.record(z.string(), z.unknown()),
  CustomResponseBodies: z.record(
    z.string(),
    z.strictObject({ ContentType: z.literal('APPLICATION_JSON'), Content: z.string() }),
  ),
  VisibilityConfig: visibility,
  Rules: z.array(
    z.looseObject({
      Name: z.string(),
      Statement: z.record(z.string(), z.unknown()),
      VisibilityConfig: visibility,
    }),
  ),
});

describe('the firewall', () => {
  const stack = deploy({ ...everything, FirewallRequestsPer5Minutes: '500' });
  const acl = webAcl.parse(get(stack, 'WebAcl').Properties);

  it('is there only where it is asked for', () => {
    expect(deploy().has('WebAcl')).toBe(false);
    expect(deploy().has('WebAclAssociation')).toBe(false);
  });

  it('A24: limits what one address may send, and has the common rules of AWS', () => {
    expect(acl.Rules.map(({ Statement }) => Statement)).toMatchObject([
      { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: '500' } },
      { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
    ]);
  });

  it('A24: tells an address over its limit to wait, and not that it may not', () => {
    const { requestId: _unknownToWaf, ...throttled } = problem('THROTTLED', '');
    const limit = acl.Rules.find(({ Name }) => Name === 'requests-per-address');

    expect(limit?.Action).toEqual({
      Block: {
        CustomResponse: {
          ResponseCode: throttled.status,
          CustomResponseBodyKey: 'Throttled',
          ResponseHeaders: [
            { Name: 'Cache-Control', Value: 'no-store' },
            { Name: 'Retry-After', Value: expect.stringMatching(/^[1-9]\d*$/) },
          ],
        },
      },
    });
    expect(JSON.parse(acl.CustomResponseBodies.Throttled?.Content ?? '')).toEqual(throttled);
  });

  it('A21: keeps no samples of requests, whose headers hold JWTs', () => {
    const settings = [acl.VisibilityConfig, ...acl.Rules.map((rule) => rule.VisibilityConfig)];

    expect(settings.map(({ SampledRequestsEnabled }) => SampledRequestsEnabled)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("stands before this API's stage", () => {
    expect(get(stack, 'WebAclAssociation').Properties).toEqual({
      WebACLArn: 'WebAcl.Arn',
      ResourceArn: 'arn:aws:apigateway:eu-west-1::/restapis/Api/stages/Api.Stage',
    });
  });
});

describe('the tokens function', () => {
  it.each([
    ['0', undefined],
    ['40', '40'],
  ])('with TokensReservedConcurrency %s reserves %s', (TokensReservedConcurrency, reserved) => {
    const { Properties } = get(deploy({ TokensReservedConcurrency }), 'TokensFunction');

    expect(Properties.ReservedConcurrentExecutions).toBe(reserved);
  });
});
