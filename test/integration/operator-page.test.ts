import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deploy, everything, get } from '../infra/stack.ts';
import { type AwsStandIn, startAwsStandIn } from './support/aws-stand-in.ts';

const page = await readFile('docs/operator.md', 'utf8');
const repository = 'examples/registry-repository';

/** A command of the page, and what the page says that it prints. */
interface Shown {
  readonly command: string;
  readonly output: string;
}

const blocks: readonly (readonly Shown[])[] = [...page.matchAll(/```console\n(.*?)```/gs)].map(
  ([, block = '']) =>
    block
      .split(/^\$ /m)
      .filter((part) => part !== '')
      .map((part) => {
        const [command = '', ...lines] = part.split('\n');
        return { command, output: lines.join('\n') };
      }),
);

const instance = (name: string, id: string, port: number) => `<DBInstance>
  <DBInstanceIdentifier>${name}</DBInstanceIdentifier><DbiResourceId>${id}</DbiResourceId>
  <Engine>postgres</Engine><EngineVersion>16.4</EngineVersion><DBName>${name}</DBName>
  <Endpoint><Address>${name}.c9akciq32abc.eu-west-1.rds.amazonaws.com</Address><Port>${port}</Port></Endpoint>
  <IAMDatabaseAuthenticationEnabled>true</IAMDatabaseAuthenticationEnabled>
  <CACertificateIdentifier>rds-ca-rsa2048-g1</CACertificateIdentifier>
</DBInstance>`;

const drifted = [
  instance('orders', 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ', 5433),
  instance('stock', 'db-STOCK', 5432),
];

let folder: string;
let standIn: AwsStandIn;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-page-'));
  await cp(repository, folder, { recursive: true });
  standIn = await startAwsStandIn({
    GetCallerIdentity: '<Arn>arn</Arn><UserId>AIDA</UserId><Account>111122223333</Account>',
    DescribeDBInstances: `<DBInstances>${drifted.join('')}</DBInstances>`,
    DescribeDBClusters: '<DBClusters/>',
    DescribeDBProxies: '<DBProxies/>',
    DescribeDBProxyEndpoints: '<DBProxyEndpoints/>',
  });
});
afterAll(async () => {
  await standIn.close();
  await rm(folder, { recursive: true });
});

/** Output and errors together, as a terminal shows them. */
function run(command: string): Promise<string> {
  const script = `tokenvend() { "$NODE" "$LAUNCHER" "$@"; }\n{ ${command}\n} 2>&1`;
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    NODE: process.execPath,
    LAUNCHER: resolve('bin/tokenvend.js'),
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_STS: standIn.url,
    AWS_ENDPOINT_URL_RDS: standIn.url,
  };
  return new Promise((done) => {
    execFile('sh', ['-c', script], { cwd: folder, env }, (_error, stdout) => done(stdout));
  });
}

describe('docs/operator.md', () => {
  it.each(blocks.map((block) => [block.at(-1)?.command ?? '', block]))(
    'shows what really comes of %s',
    async (_, block) => {
      for (const { command, output } of block) expect(await run(command)).toBe(output);
    },
  );

  it.each(['test', 'explain', 'plan', 'roles', 'sql', 'setup', 'drift', 'import'])(
    'has a section for %s, with an example',
    (verb) => {
      const [, section = ''] =
        new RegExp(`^## ${verb}\\n(.*?)(?=^## |(?![\\s\\S]))`, 'ms').exec(page) ?? [];

      expect(section).toContain(`$ tokenvend registry ${verb} `);
    },
  );
});

describe('the workflow of examples/registry-repository', async () => {
  const text = await readFile(`${repository}/.github/workflows/registry.yaml`, 'utf8');
  const workflow = parse(text);

  it('uses verbs and flags that exist', async () => {
    const lines = [...text.matchAll(/\$TOKENVEND registry (\w+)(.*)/g)];

    for (const [, verb = '', rest = ''] of lines) {
      const help = await run(`tokenvend registry ${verb} --help`);
      expect(help).toContain(`tokenvend registry ${verb}`);
      for (const [flag] of rest.matchAll(/--[a-z-]+/g)) expect(help).toContain(flag);
    }
    expect(lines.length).toBeGreaterThan(4);
  });

  it('publishes as the one role that may write the table, by way of one that GitHub can become', () => {
    const trust = JSON.stringify(get(deploy(everything), 'PublisherRole'));
    const steps: readonly { readonly with?: Readonly<Record<string, unknown>> }[] =
      workflow.jobs.publish.steps;
    const roles = steps.flatMap((step) => (step.with?.['role-to-assume'] ? [step.with] : []));

    expect(trust).not.toMatch(/WebIdentity|TagSession/);
    expect(roles).toMatchObject([
      { 'role-to-assume': expect.stringContaining('PIPELINE_ROLE_ARN') },
      {
        'role-to-assume': expect.stringContaining('PUBLISHER_ROLE_ARN'),
        'role-chaining': true,
        'role-skip-session-tagging': true,
      },
    ]);
  });

  it('gives a pull request no credentials, and no text of it to a shell', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.check.permissions).toBeUndefined();
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    expect(text).not.toMatch(/run:.*\$\{\{/);
  });
});
