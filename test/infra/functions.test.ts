import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { functionNames } from '../../build/function-names.ts';
import { deploy, get, ofType, source } from './stack.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const logicalId = (name: string, suffix: string): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1)}${suffix}`;

const functionShape = z.looseObject({
  FunctionName: z.string(),
  CodeUri: z.string(),
  LoggingConfig: z.object({ LogGroup: z.string(), LogFormat: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

const functionOf = (name: string, parameters: Readonly<Record<string, string>> = {}) =>
  functionShape.parse(get(deploy(parameters), logicalId(name, 'Function')).Properties);

const sharedVariables = Object.keys(
  z
    .looseObject({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) })
    .parse(source.Globals.Function).Environment.Variables,
);

/** Names of variables that the sources below a folder read. */
function readBy(folder: string): Set<string> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const code = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'))
    .join('\n');
  return new Set(code.match(/\bTOKENVEND_[A-Z_]+/g));
}

describe('the template', () => {
  it('has the functions that the build makes', () => {
    const uris = ofType(deploy(), 'AWS::Serverless::Function').map(
      ([, { Properties }]) => Properties.CodeUri,
    );

    expect(uris.sort()).toEqual(functionNames.map((name) => `dist/functions/${name}`).sort());
  });

  it('runs them prebuilt, on Node 24 and arm64, traced', () => {
    for (const [, resource] of ofType(deploy(), 'AWS::Serverless::Function')) {
      expect(resource.Metadata).toEqual({ SkipBuild: true });
    }
    expect(source.Globals.Function).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Tracing: 'Active',
    });
  });
});

describe.each(functionNames)('the function %s', (name) => {
  it('has an entry point that exports the handler', () => {
    const entry = readFileSync(join(root, 'functions', name, 'index.ts'), 'utf8');

    expect(entry).toMatch(/^export const handler\b/m);
  });

  it('A28: may be invoked by API Gateway for this API alone', () => {
    const permission = get(deploy(), logicalId(name, 'Permission')).Properties;

    expect(permission).toMatchObject({
      FunctionName: logicalId(name, 'Function'),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: expect.stringMatching(
        /^arn:aws:execute-api:eu-west-1:999988887777:Api\/(authorizers\/\*|api\/(GET|POST)\/v1\/\*)$/,
      ),
    });
  });

  it('gets every variable that its sources read, and no other', () => {
    const { Variables } = functionOf(name).Environment;
    const given = Object.keys(Variables).filter((variable) => variable.startsWith('TOKENVEND_'));

    expect(given.sort()).toEqual([...readBy(`functions/${name}`)].sort());
  });

  it('writes to its own log group, in a format that no level filter can thin out', () => {
    expect(functionOf(name).LoggingConfig).toEqual({
      LogGroup: logicalId(name, 'LogGroup'),
      LogFormat: 'Text',
    });
  });

  it('is set up for Powertools, which must never log events', () => {
    const own = Object.keys(functionOf(name).Environment.Variables);
    const powertools = [...own, ...sharedVariables].filter((one) => one.startsWith('POWERTOOLS_'));

    expect(powertools.sort()).toEqual([
      'POWERTOOLS_LOG_LEVEL',
      'POWERTOOLS_METRICS_NAMESPACE',
      'POWERTOOLS_SERVICE_NAME',
    ]);
  });
});

describe('the values of the variables', () => {
  it('tell each function the API it belongs to', () => {
    expect(functionOf('tokens').Environment.Variables.TOKENVEND_API_ID).toBe('Api');
  });

  it('name the version of the package', () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

    expect(functionOf('public').Environment.Variables.TOKENVEND_VERSION).toBe(version);
  });

  it.each([
    ['', 'https://Api.execute-api.eu-west-1.amazonaws.com/api'],
    ['https://tokens.example.com', 'https://tokens.example.com'],
  ])('take %j for an audience of %s', (Audience, expected) => {
    const { Variables } = functionOf('public', { Audience }).Environment;

    expect(Variables.TOKENVEND_AUDIENCE).toBe(expected);
  });

  it('are read in wire files and through them only, so that the comparison above is complete', () => {
    expect([...readBy('adapters'), ...readBy('core')]).toEqual([]);
  });
});
