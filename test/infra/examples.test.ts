import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { run } from '../../clients/cli/main.ts';
import { parseTemplate } from './cloudformation-yaml.ts';
import { evaluate } from './intrinsics.ts';
import { objectionsTo, source } from './stack.ts';

const folder = fileURLToPath(new URL('../../examples/', import.meta.url));
const text = (file: string): string => readFileSync(`${folder}${file}`, 'utf8');

const accountTemplate = z
  .looseObject({
    Parameters: z.record(z.string(), z.unknown()),
    Resources: z.looseObject({
      TeamRole: z.object({
        Properties: z.looseObject({
          RoleName: z.unknown(),
          AssumeRolePolicyDocument: z.object({ Statement: z.array(z.unknown()) }),
          Policies: z.array(
            z.object({ PolicyDocument: z.object({ Statement: z.array(z.unknown()) }) }),
          ),
        }),
      }),
    }),
  })
  .parse(
    evaluate(parseTemplate(text('multi-account/database-account.yaml')), {
      mappings: {},
      conditions: {},
      values: new Map<string, string | readonly string[]>([
        ['AWS::Partition', 'aws'],
        ['ExternalId', 'external-id'],
        ['Team', 'payments'],
        ['UserArns', ['arn:one', 'arn:other']],
        ['VendorAccount', '999988887777'],
        ['VendorRoleArns', ['arn:vendor']],
      ]),
    }),
  );

/** The names that a shell command gives after `--parameter-overrides`. */
function parametersGiven(page: string, command: string): string[] {
  const from = page.slice(page.indexOf(command));
  const [, given = ''] = /--parameter-overrides((?:[^\n]*\\\n)*[^\n]*)/.exec(from) ?? [];
  return [...given.matchAll(/(\w+)=/g)].map(([, name]) => name ?? '');
}

describe('the example of several accounts', () => {
  const role = accountTemplate.Resources.TeamRole.Properties;

  it('has a registry that is valid', async () => {
    const lines: string[] = [];
    const keep = (line: string) => lines.push(line) > 0;
    const io = { out: keep, err: keep, fetch: globalThis.fetch };

    const code = await run(['registry', 'validate', `${folder}multi-account/registry.yaml`], io);

    expect({ code, lines }).toMatchObject({ code: 0 });
  });

  it('trusts the vendor roles alone, and them only with external id and source identity', () => {
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::999988887777:root' },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': ['arn:vendor'] },
          StringEquals: { 'sts:ExternalId': 'external-id' },
          StringLike: { 'sts:SourceIdentity': '?*' },
        },
      },
    ]);
  });

  it('lets the role open the users given, and do nothing else', () => {
    expect(role.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
      { Effect: 'Allow', Action: 'rds-db:connect', Resource: ['arn:one', 'arn:other'] },
    ]);
  });

  it('has a name that the tokens function may assume', () => {
    expect(role.RoleName).toBe('tokenvend-payments');
  });

  it('shows commands with parameters that the templates have', () => {
    const page = text('multi-account/README.md');
    const forAccount = parametersGiven(page, 'aws cloudformation deploy');
    const forStack = parametersGiven(page, 'sam deploy');

    const required = Object.entries(accountTemplate.Parameters)
      .filter(([, one]) => !z.object({ Default: z.unknown() }).safeParse(one).data?.Default)
      .map(([name]) => name);

    expect(forAccount.sort()).toEqual(required.sort());
    expect(Object.keys(source.Parameters)).toEqual(expect.arrayContaining(forStack));
    expect(forStack.length).toBeGreaterThan(1);
  });
});

describe('the example of several Regions', () => {
  it('deploys with parameters that the template has', () => {
    const given = parametersGiven(text('multi-region/deploy.sh'), 'sam deploy');

    expect(given).toContain('Audience');
    expect(Object.keys(source.Parameters)).toEqual(expect.arrayContaining(given));
  });
});

describe('the example of a private and a regional API', () => {
  const [, regional = '', inVpcs = ''] = text('private-and-regional/deploy.sh').split('sam deploy');
  const given = (command: string) => parametersGiven(command, '--stack-name');

  it.each([
    ['regional', regional],
    ['private', inVpcs],
  ])('deploys the %s one with parameters that the template takes', (_, command) => {
    const values = [...command.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]);

    expect(Object.keys(source.Parameters)).toEqual(expect.arrayContaining(given(command)));
    expect(objectionsTo(Object.fromEntries(values))).toEqual([]);
  });

  it('gives the second one what two in one account and Region cannot share', () => {
    const roles = Object.values(source.Resources).map(({ Properties }) => Properties.RoleName);
    const names = roles.filter((name) => name !== undefined).map((name) => JSON.stringify(name));

    // A role without the stack's name has another parameter in its own.
    expect(names.filter((name) => !name.includes('AWS::StackName'))).toEqual([
      expect.stringContaining('VendorRoleName'),
    ]);
    expect(given(inVpcs)).toEqual(
      expect.arrayContaining(['EndpointType', 'ManageApiGatewayLogging', 'VendorRoleName']),
    );
  });
});
