import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseTemplate } from './cloudformation-yaml.ts';
import { evaluate, isMet, type Scope } from './intrinsics.ts';

const tree = z.record(z.string(), z.unknown());

const resource = z.looseObject({
  Type: z.string(),
  Condition: z.string().optional(),
  DeletionPolicy: z.string().optional(),
  Properties: tree.default({}),
});
export type Resource = z.infer<typeof resource>;

const parameter = z.looseObject({
  Type: z.string(),
  Default: z.union([z.string(), z.number()]).optional(),
  AllowedValues: z.array(z.union([z.string(), z.number()])).optional(),
  Description: z.string(),
});

const rule = z.strictObject({
  RuleCondition: z.unknown(),
  Assertions: z.array(z.strictObject({ Assert: z.unknown(), AssertDescription: z.string() })),
});

const template = z.object({
  AWSTemplateFormatVersion: z.string(),
  Transform: z.string(),
  Description: z.string(),
  Metadata: tree,
  Parameters: z.record(z.string(), parameter),
  Rules: z.record(z.string(), rule),
  Conditions: tree,
  Mappings: tree,
  Globals: z.object({ Function: tree }),
  Resources: z.record(z.string(), resource),
  Outputs: tree,
});

/** template.yaml as it is written. */
export const source = template.parse(
  parseTemplate(readFileSync(new URL('../../template.yaml', import.meta.url), 'utf8')),
);

/** What the tests deploy unless they say otherwise. */
const ordinary = { DatabaseAccounts: '111122223333,444455556666' };

/** Parameters with which every resource is there, to be given to {@link deploy}. */
export const everything = {
  AuditStore: 'table',
  AuthorizerSecurityGroupIds: 'sg-0a1b2c3d',
  AuthorizerSubnetIds: 'subnet-0a1b2c3d',
  CertificateArn: 'arn:aws:acm:eu-west-1:999988887777:certificate/example',
  DomainName: 'tokens.example.com',
  ExampleSecurityGroupIds: 'sg-0a1b2c3d',
  ExampleSubnetIds: 'subnet-0a1b2c3d',
  ExampleTarget: 'orders/orders_app',
  Firewall: 'true',
  HostedZoneId: 'Z0EXAMPLE',
  OrganizationId: 'o-exampleorg1',
  PageActions: 'arn:aws:sns:eu-west-1:999988887777:page',
  ProbeDeniedTarget: 'orders/orders_app',
  ProbeSecurityGroupIds: 'sg-0a1b2c3d',
  ProbeSubnetIds: 'subnet-0a1b2c3d',
  ProbeTarget: 'orders/probe',
  PublisherPrincipals: 'arn:aws:iam::999988887777:role/pipeline',
  RegistryBackend: 'table',
  TicketActions: 'arn:aws:sns:eu-west-1:999988887777:ticket',
  WatchedDatabases: 'orders,ledger',
} as const;

const pseudoParameters = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '999988887777',
  'AWS::StackName': 'tokenvend',
  'AWS::URLSuffix': 'amazonaws.com',
};

/**
 * The resources that a deployment with these parameters has, pseudo parameters such as AWS::StackName
 * among them, with every function worked out.
 */
export function deploy(
  parameters: Readonly<Record<string, string>> = {},
  partition = 'aws',
): Map<string, Resource> {
  const scope = scopeOf({ ...ordinary, ...parameters }, partition);
  return new Map(
    Object.entries(source.Resources)
      .filter(([, { Condition }]) => Condition === undefined || isMet(Condition, scope))
      .map(([name, found]) => [name, resource.parse(evaluate(found, scope))]),
  );
}

/** What every function of such a deployment has before its own properties. */
export function functionDefaults(
  parameters: Readonly<Record<string, string>> = {},
): Readonly<Record<string, unknown>> {
  return tree.parse(
    evaluate(source.Globals.Function, scopeOf({ ...ordinary, ...parameters }, 'aws')),
  );
}

/** The sentences with which CloudFormation would refuse to deploy with these parameters. */
export function objectionsTo(parameters: Readonly<Record<string, string>>): string[] {
  const scope = scopeOf({ ...ordinary, ...parameters }, 'aws');
  return Object.values(source.Rules)
    .filter(({ RuleCondition }) => evaluate(RuleCondition, scope) === true)
    .flatMap(({ Assertions }) => Assertions)
    .filter(({ Assert }) => evaluate(Assert, scope) !== true)
    .map(({ AssertDescription }) => AssertDescription);
}

/** The resources of one type, by logical id. */
export function ofType(
  resources: ReadonlyMap<string, Resource>,
  type: string,
): [string, Resource][] {
  return [...resources].filter(([, found]) => found.Type === type);
}

/** One resource, which must be there. */
export function get(resources: ReadonlyMap<string, Resource>, name: string): Resource {
  const found = resources.get(name);
  if (found === undefined) throw new Error(`no resource ${name}`);
  return found;
}

function scopeOf(parameters: Readonly<Record<string, string>>, partition: string): Scope {
  const values = Object.entries(source.Parameters).map(([name, { Type, Default }]) => {
    const value = parameters[name] ?? Default;
    if (value === undefined) throw new Error(`parameter ${name} has no value`);
    return [
      name,
      Type === 'CommaDelimitedList' ? String(value).split(',') : String(value),
    ] as const;
  });
  const named = Object.entries(parameters).filter(([name]) => name in pseudoParameters);
  const pseudo = {
    ...pseudoParameters,
    'AWS::Partition': partition,
    ...Object.fromEntries(named),
  };
  return {
    mappings: source.Mappings,
    conditions: source.Conditions,
    values: new Map([...values, ...Object.entries(pseudo)]),
  };
}
