import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseTemplate } from './cloudformation-yaml.ts';
import { deploy, get, ofType } from './stack.ts';

const permissionType = 'AWS::Lambda::LayerVersionPermission';
const organization = { OrganizationId: 'o-a1b2c3d4e5' };
const example = { ExampleTarget: 'orders/orders_batch' };

describe("the extension's layer", () => {
  it('is what the build makes, and old versions stay for those who use them', () => {
    const { Properties } = get(deploy(), 'ExtensionLayer');

    expect(Properties).toMatchObject({
      ContentUri: 'dist/layers/tokenvend-node.zip',
      CompatibleArchitectures: ['x86_64', 'arm64'],
      RetentionPolicy: 'Retain',
    });
  });

  it('is for this account alone, unless there is an organization', () => {
    expect(ofType(deploy(), permissionType)).toEqual([]);
  });

  it('is for the organization, and never for everybody', () => {
    const [permission, ...others] = ofType(deploy(organization), permissionType);

    expect(others).toEqual([]);
    expect(permission?.[1].Properties).toEqual({
      LayerVersionArn: 'ExtensionLayer',
      Action: 'lambda:GetLayerVersion',
      Principal: '*',
      OrganizationId: organization.OrganizationId,
    });
  });
});

describe('the example function', () => {
  it('is deployed only where it was asked for', () => {
    const names = (parameters: Readonly<Record<string, string>>): string[] =>
      [...deploy(parameters).keys()].filter((name) => name.startsWith('Example'));

    expect(names({})).toEqual([]);
    expect(names(example).sort()).toEqual(['ExampleFunction', 'ExampleLogGroup', 'ExampleRole']);
  });

  it('has the layer, and is told what to prefetch', () => {
    const { Properties } = get(deploy(example), 'ExampleFunction');

    expect(Properties).toMatchObject({
      CodeUri: 'dist/examples/lambda-node',
      Layers: ['ExtensionLayer'],
      Environment: {
        Variables: {
          EXAMPLE_TARGET: example.ExampleTarget,
          TOKENVEND_PREFETCH: example.ExampleTarget,
          TOKENVEND_API_URL: 'https://Api.execute-api.eu-west-1.amazonaws.com/api',
        },
      },
    });
  });

  it('may call one route, and what opens the database is said elsewhere', () => {
    const text = JSON.stringify(get(deploy(example), 'ExampleRole').Properties);

    expect(text.match(/execute-api:[^"]*/g)).toEqual([
      'execute-api:Invoke',
      'execute-api:eu-west-1:999988887777:Api/api/POST/v1/iam/tokens',
    ]);
    expect(text).not.toMatch(/rds-db|sts:SetSourceIdentity|secretsmanager/);
  });
});

describe('layers/template.yaml', () => {
  const shape = z.object({
    Resources: z.record(
      z.string(),
      z.looseObject({
        Type: z.string(),
        Condition: z.string().optional(),
        Properties: z.record(z.string(), z.unknown()),
      }),
    ),
  });
  const resources = Object.values(
    shape.parse(parseTemplate(readFileSync('layers/template.yaml', 'utf8'))).Resources,
  );

  it('has one layer for each processor, with the zip that is for it', () => {
    const layers = resources.filter(({ Type }) => Type === 'AWS::Serverless::LayerVersion');

    expect(layers.map(({ Properties }) => Properties)).toMatchObject(
      ['x86_64', 'arm64'].map((processor) => ({
        ContentUri: `../dist/layers/tokenvend-any-${processor}.zip`,
        CompatibleArchitectures: [processor],
        RetentionPolicy: 'Retain',
      })),
    );
  });

  it('gives them to an organization or to nobody', () => {
    const permissions = resources.filter(({ Type }) => Type === permissionType);

    expect(permissions).toHaveLength(2);
    for (const { Condition, Properties } of permissions) {
      expect(Condition).toBe('HasOrganization');
      expect(Properties).toHaveProperty('OrganizationId');
    }
  });
});
