import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy, parsePolicyText } from '../../../../local/aws/iam-document.ts';
import { allow, teamTrust, userArn } from './a-local-aws.ts';

const statement = { Effect: 'Allow', Action: 'rds-db:connect', Resource: userArn };

describe('an identity or session policy', () => {
  it('reads a single statement and single values as lists of one', () => {
    const policy = parsePolicy(allow('rds-db:connect', userArn), 'session');

    expect(policy?.statements).toEqual([
      {
        effect: 'Allow',
        actions: { patterns: ['rds-db:connect'], except: false },
        resources: { patterns: [userArn], except: false },
        conditions: [],
      },
    ]);
  });

  it.each([
    ['no resource', { Effect: 'Allow', Action: 'rds-db:connect' }],
    ['no action', { Effect: 'Allow', Resource: userArn }],
    ['an action and its negation', { ...statement, NotAction: 'rds-db:connect' }],
    ['a resource and its negation', { ...statement, NotResource: userArn }],
    ['a principal', { ...statement, Principal: '*' }],
    ['no effect', { Action: 'rds-db:connect', Resource: userArn }],
    ['an effect in lower case', { ...statement, Effect: 'allow' }],
    ['an unknown element', { ...statement, Resources: userArn }],
    ['an empty list of resources', { ...statement, Resource: [] }],
    ['an action without a service', { ...statement, Action: 'connect' }],
    ['a resource that is no ARN', { ...statement, Resource: 'orders' }],
    [
      'a variable in NotResource',
      { ...statement, Resource: undefined, NotResource: `${userArn}\${aws:username}` },
    ],
  ])('is malformed with %s', (_, broken) => {
    expect(parsePolicy({ Version: '2012-10-17', Statement: [statement, broken] }, 'identity')).toBe(
      undefined,
    );
  });

  it.each([
    ['no statement', { Version: '2012-10-17' }],
    ['an empty list of statements', { Version: '2012-10-17', Statement: [] }],
    ['an unknown version', { Version: '2026-01-01', Statement: statement }],
    ['an unknown element', { Version: '2012-10-17', Statement: statement, Extra: 1 }],
    ['nothing', null],
  ])('is malformed as a document with %s', (_, document) => {
    expect(parsePolicy(document, 'session')).toBe(undefined);
  });
});

describe('a trust policy', () => {
  it('names principals and no resource', () => {
    const policy = parsePolicy(teamTrust, 'trust');

    expect(policy?.statements).toMatchObject([
      { principals: { aws: [teamTrust.Statement.Principal.AWS], services: [] } },
    ]);
  });

  it.each([
    ['without a principal', { Effect: 'Allow', Action: 'sts:AssumeRole' }],
    ['with a resource', { ...teamTrust.Statement, Resource: '*' }],
    ['with NotPrincipal', { ...teamTrust.Statement, NotPrincipal: '*' }],
  ])('is malformed %s', (_, broken) => {
    expect(parsePolicy({ Statement: broken }, 'trust')).toBe(undefined);
  });
});

describe('parsePolicyText', () => {
  it.each(['{"__proto__":{"aws:PrincipalArn":"x"}}', '{"StringEquals":{"__proto__":"x"}}'])(
    'A9: refuses a condition that would get lost as a prototype: %s',
    (condition) => {
      const text = `{"Statement":${JSON.stringify(statement).replace('}', `,"Condition":${condition}}`)}}`;

      expect(parsePolicyText(text, 'session')).toBe(undefined);
      expect(
        parsePolicyText(text.replaceAll('__proto__', 'sts:ExternalId'), 'session'),
      ).toBeDefined();
    },
  );

  it('never throws and never reads what is not a policy', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parsePolicyText(text, 'session')).toBe(undefined);
      }),
    );
  });
});
