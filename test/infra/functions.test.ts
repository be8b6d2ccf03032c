import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { functionNames } from '../../build/function-names.ts';
import { importClosure } from './import-closure.ts';
import { deploy, everything, get, ofType, source } from './stack.ts';

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
  functionShape.parse(
    get(deploy({ ...everything, ...parameters }), logicalId(name, 'Function')).Properties,
  );

/** The functions that API Gateway calls: all but the probe, which calls the API. */
const behindTheApi = functionNames.filter((name) => name !== 'probe');

const sharedVariables = Object.keys(
  z
    .looseObject({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) })
    .parse(source.Globals.Function).Environment.Variables,
);

/**
 * Names of variables that a function reads: those that stand as a text of their own in its wire file, or
 * in an adapter behind it.
 */
function readBy(name: string): Set<string> {
  const sources = [...importClosure(`functions/${name}/index.ts`)];
  const code = sources
    .filter(([file]) => /^(functions|adapters)\//.test(file))
    .map(([, one]) => one);
  return new Set(code.join('\n').match(/(?<=')TOKENVEND_[A-Z_]+(?=')/g));
}

describe('the template', () => {
  it('has the functions that the build makes', () => {
    const functions = ofType(deploy(everything), 'AWS::Serverless::Function');
    const own = functions.filter(([id]) => id !== 'ExampleFunction');

    expect(own.map(([, { Properties }]) => Properties.CodeUri).sort()).toEqual(
      functionNames.map((name) => `dist/functions/${name}`).sort(),
    );
  });

  it('runs them prebuilt, on Node 24 and arm64, traced', () => {
    for (const [, resource] of ofType(deploy(everything), 'AWS::Serverless::Function')) {
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

  it('gets every variable that its sources read, and no other', () => {
    const { Variables } = functionOf(name).Environment;
    const given = Object.keys(Variables).filter((variable) => variable.startsWith('TOKENVEND_'));

    expect(given.sort()).toEqual([...readBy(name)].sort());
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

describe.each(behindTheApi)('the function %s', (name) => {
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
    ['', '', 'https://Api.execute-api.eu-west-1.amazonaws.com/api'],
    ['', 'tokens.example.com', 'https://tokens.example.com'],
    ['https://audience.example.com', 'tokens.example.com', 'https://audience.example.com'],
  ])('take %j and the domain %j for an audience of %s', (Audience, DomainName, expected) => {
    const { Variables } = functionOf('public', { Audience, DomainName }).Environment;

    expect(Variables.TOKENVEND_AUDIENCE).toBe(expected);
  });

  it('are read by no other part of a function, so that the comparison above is complete', () => {
    const others = functionNames
      .flatMap((name) => [...importClosure(`functions/${name}/index.ts`)])
      .filter(([file]) => !/^functions\/[a-z]+\/wire\.ts$|^adapters\//.test(file));

    const readers = others.filter(([, text]) => /process\.env\.TOKENVEND|'TOKENVEND_/.test(text));

    expect(readers.map(([file]) => file)).toEqual([]);
  });
});
