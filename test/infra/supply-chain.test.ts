import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { secretsIn } from './secret-scan.ts';

const versions = z.record(z.string(), z.string());

const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      integrity: z.string().optional(),
      dependencies: versions.default({}),
      optionalDependencies: versions.default({}),
      hasInstallScript: z.boolean().default(false),
    }),
  ),
});

const allowed = z.record(z.string(), z.boolean());

const manifestSchema = z.looseObject({ devDependencies: versions });

/** What everybody installs, and what changes the code for mutation testing, apart from it. */
const projects = ['.', 'test/mutations/stryker'];

function packagesOf(project: string) {
  const lockfile = JSON.parse(readFileSync(`${project}/package-lock.json`, 'utf8'));
  return Object.entries(lockfileSchema.parse(lockfile).packages).filter(([path]) => path !== '');
}

const manifestOf = (project: string) =>
  manifestSchema.parse(JSON.parse(readFileSync(`${project}/package.json`, 'utf8')));

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

describe.each(projects)('the lockfile in %s', (project) => {
  const installed = packagesOf(project);

  it('has a SHA-512 for every package', () => {
    const without = installed.filter(
      ([, { integrity = '' }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity),
    );

    expect(installed.length).toBeGreaterThan(100);
    expect(without.map(([path]) => path)).toEqual([]);
  });

  it('names no place that a package comes from, and no link', () => {
    const placed = installed.filter(([, one]) => 'resolved' in one || 'link' in one);

    expect(placed.map(([path]) => path)).toEqual([]);
  });

  it('has nothing from git, an address or a folder', () => {
    const wanted = installed.flatMap(([, { dependencies, optionalDependencies }]) => [
      ...Object.entries(dependencies),
      ...Object.entries(optionalDependencies),
    ]);

    const odd = wanted.filter(([, version]) => /[:/]/.test(version.replace(/^npm:.*@/, '')));

    expect(odd).toEqual([]);
  });

  it('belongs to a package.json that wants exact versions', () => {
    const loose = Object.entries(manifestOf(project).devDependencies).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );

    expect(loose).toEqual([]);
  });
});

describe('package.json', () => {
  it('has no run-time dependencies', () => {
    expect(manifestOf('.')).not.toHaveProperty('dependencies');
    expect(manifestOf('.')).not.toHaveProperty('optionalDependencies');
  });

  it('lets the install script of node run and no other', () => {
    const decided = new Map(Object.entries(allowed.parse(manifestOf('.').allowScripts)));
    const withScripts = packagesOf('.').filter(([, one]) => one.hasInstallScript);
    const names = withScripts.map(([path]) => nameOf(path));

    // What is not listed runs under npm 11, with a notice.
    expect(names.filter((name) => !decided.has(name))).toEqual([]);
    expect(names.filter((name) => decided.get(name))).toEqual(['node']);
    expect([...decided].filter(([, isAllowed]) => isAllowed)).toEqual([['node', true]]);
  });
});

describe('the history', () => {
  it('holds no secret', () => {
    const commits = execFileSync('git', ['log', '--all', '-p', '--no-color', '--format=%x00%h'], {
      encoding: 'utf8',
      maxBuffer: 1024 ** 3,
      timeout: 20_000,
    }).split('\0');

    const found = commits.flatMap((commit) =>
      secretsIn(commit).map((secret) => `${commit.slice(0, 7)}: ${secret}`),
    );

    expect(commits.length).toBeGreaterThan(1);
    expect(found).toEqual([]);
  });

  it('is searched by what finds secrets that are there', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const base64url = (text: string) => Buffer.from(text).toString('base64url');
    const signature = Buffer.alloc(64, 0xf0).toString('base64url');
    const jwt = `${base64url('{"alg":"ES256"}')}.${base64url('{"sub":"api"}')}.${signature}`;
    const planted = [
      pem,
      pem.replaceAll('\n', '\n+'),
      JSON.stringify(pem),
      JSON.stringify(privateKey.export({ format: 'jwk' })),
      `AKIA${'Q'.repeat(16)}`,
      jwt,
      `ghp_${'a'.repeat(36)}`,
      `npm_${'a'.repeat(36)}`,
    ];

    expect(planted.map((text) => secretsIn(text).length)).toEqual(planted.map(() => 1));
    expect(planted.flatMap(secretsIn).join('')).not.toContain(signature);
  });

  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    `${'eyJhbGciOiJSUzI1NiJ9'}.eyJzdWIiOiJhcGkifQ.${Buffer.from('not a real signature').toString('base64url')}`,
    '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
  ])('may hold %j, which is none', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});
