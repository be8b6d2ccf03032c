import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../core/registry/document.ts';
import { runCli } from '../../../builders/cli.ts';
import {
  aCompiledRegistry,
  aRegistryFile,
  withIssuer,
  withTeam,
  withUser,
} from '../../../builders/registry-files.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-cli-'));
  file = join(folder, 'registry.yaml');
});
afterEach(() => rm(folder, { recursive: true }));

const tokenvend = (args: readonly string[], fetch?: typeof globalThis.fetch) =>
  runCli(args, fetch === undefined ? {} : { fetch });

const write = (changes: Parameters<typeof aRegistryFile>[0] = {}) =>
  writeFile(file, aRegistryFile(changes).text);

describe('tokenvend registry validate', () => {
  it('ends in 0 and says so when nothing is wrong', async () => {
    await write();

    expect(await tokenvend(['registry', 'validate', file])).toEqual({
      code: 0,
      out: '',
      err: '0 errors, 0 warnings\n',
    });
  });

  it('ends in 2 with file, line, path and message of each error', async () => {
    await write(withTeam({ colour: 'red' }));
    const line =
      (await readFile(file, 'utf8')).split('\n').findIndex((one) => /colour/.test(one)) + 1;

    const { code, out } = await tokenvend(['registry', 'validate', file]);

    expect(code).toBe(2);
    expect(out.split('  ').slice(0, 2)).toEqual([`${file}:${line}`, 'teams.payments.colour']);
  });

  it.each([
    ['what was left out for its shape may hide more', withTeam({ colour: 'red' }), true],
    ['all that is wrong is told', withUser('a*'), false],
  ])('says at the end whether %s', async (_, changes, isMore) => {
    await write(changes);

    const { err } = await tokenvend(['registry', 'validate', file]);

    const more = isMore ? '; more may show once these are corrected' : '';
    expect(err).toBe(`1 error, 0 warnings${more}\n`);
  });

  it.each([
    [0, []],
    [2, ['--strict']],
  ])('ends in %i for a warning with %j', async (expected, flags) => {
    await write(withUser('admin'));

    const { code, out } = await tokenvend(['registry', 'validate', file, ...flags]);

    expect(code).toBe(expected);
    expect(out).toContain('warning:');
  });

  it('prints JSON for programs', async () => {
    await write(withUser('admin'));

    const { out, err } = await tokenvend(['registry', 'validate', file, '--json']);

    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      problems: [{ severity: 'warning', file, path: 'databases.orders.users.admin' }],
    });
    expect(err).toBe('');
  });

  it('contacts nobody, also for issuers whose keys are still to be found', async () => {
    await write(withIssuer({ jwksUri: undefined }));

    expect(await tokenvend(['registry', 'validate', file])).toMatchObject({ code: 0 });
  });

  it('ends in 2 when there is nothing to read', async () => {
    expect(await tokenvend(['registry', 'validate', folder])).toMatchObject({ code: 2, out: '' });
  });
});

describe('tokenvend registry compile', () => {
  const compile = (fetchFake?: typeof fetch) =>
    tokenvend(['registry', 'compile', file, '--out', join(folder, 'out.json')], fetchFake);

  it('writes the compiled registry and prints its version', async () => {
    await write();

    const { code, out } = await compile();

    expect(code).toBe(0);
    expect(out).toBe(`${aCompiledRegistry().version}\n`);
    expect(parseDocument(await readFile(join(folder, 'out.json'), 'utf8'))).toEqual(
      aCompiledRegistry(),
    );
    expect((await readdir(folder)).sort()).toEqual(['out.json', 'registry.yaml']);
  });

  it('finds the keys of issuers that give none', async () => {
    await write(withIssuer({ jwksUri: undefined }));
    const issuer = 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';

    const { code } = await compile(async () =>
      Response.json({ issuer, jwks_uri: `${issuer}/found` }),
    );

    expect(code).toBe(0);
    const document = parseDocument(await readFile(join(folder, 'out.json'), 'utf8'));
    expect(document.issuers[0]?.keys).toEqual({ kind: 'remote', jwksUri: `${issuer}/found` });
  });

  it.each([
    ['an error', withTeam({ colour: 'red' })],
    ['an issuer that does not answer', withIssuer({ jwksUri: undefined })],
  ])('ends in 2 and leaves the old file for %s', async (_, changes) => {
    await write(changes);
    await writeFile(join(folder, 'out.json'), 'old');

    const { code, out } = await compile();

    expect([code, out]).toEqual([2, '']);
    expect(await readFile(join(folder, 'out.json'), 'utf8')).toBe('old');
  });

  it('ends in 7 when it cannot write', async () => {
    await write();
    const out = join(folder, 'missing', 'out.json');

    expect(await tokenvend(['registry', 'compile', file, '--out', out])).toMatchObject({ code: 7 });
  });
});

describe('tokenvend registry schema', () => {
  it('prints the JSON Schema', async () => {
    const { code, out } = await tokenvend(['registry', 'schema']);

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ title: 'tokenvend registry' });
  });
});
