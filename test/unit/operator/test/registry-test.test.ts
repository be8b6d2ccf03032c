import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../builders/cli.ts';
import { aRegistryFile, withTeam } from '../../../builders/registry-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-test-'));
  await writeFile(join(folder, 'registry.yaml'), aRegistryFile().text);
});
afterEach(() => rm(folder, { recursive: true }));

const good = `version: 1
tests:
  - name: the pods open orders
    identity: { issuer: cluster, subject: "system:serviceaccount:payments:api" }
    request: { database: orders }
    expect: { team: payments, user: orders_app }
`;
const wrong = good.replace('team: payments', 'team: billing');

const test = (...flags: readonly string[]) => runCli(['registry', 'test', folder, ...flags]);
const write = (text: string) => writeFile(join(folder, 'access.test.yaml'), text);

describe('tokenvend registry test', () => {
  it('ends in 0 where all expectations are met, with the rules that decided', async () => {
    await write(good);

    expect(await test()).toEqual({
      code: 0,
      out: 'ok    the pods open orders  (payments/api -> orders/orders_app)\n',
      err: '1 passed, 0 failed\n',
    });
  });

  it('ends in 2 where one is not, and says where it stands', async () => {
    await write(wrong);

    const { code, out } = await test();

    expect(code).toBe(2);
    expect(out).toContain(`${join(folder, 'access.test.yaml')}:3\n`);
  });

  it('finds the tests beside a single file', async () => {
    await write(wrong);

    const outcome = await runCli(['registry', 'test', join(folder, 'registry.yaml')]);

    expect(outcome.code).toBe(2);
  });

  it('prints JSON for programs', async () => {
    await write(wrong);

    const { code, out } = await test('--json');

    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      tests: [{ line: 3, passed: false, got: { team: 'payments', user: 'orders_app' } }],
    });
  });

  it('ends in 2 where there are no tests: a check of nothing must not pass', async () => {
    expect(await test()).toMatchObject({ code: 2, out: '' });
  });

  it.each([
    ['a key that is not known', good.replace('expect:', 'expects:'), ':3  tests[0]'],
    ['a reason that does not exist', good.replace(/expect: .*/, 'expect: { denied: no }'), ':6  '],
    [
      'a suspension that names nothing',
      good.replace('expect:', 'suspended: [teams/payments]\n    expect:'),
      ':6  ',
    ],
    ['what is no YAML', 'tests: [', ':1  '],
  ])('ends in 2 for a file with %s, and says where', async (_, text, place) => {
    await write(text);

    const { code, out, err } = await test();

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`access.test.yaml${place}`);
  });

  it('says what to do about a file of a wrong shape, in the sentences of the registry', async () => {
    await write(good.replace('request:', 'requests:'));

    const { err } = await test();

    expect(err).toContain('tests[0].request  This is missing; add a map.');
    expect(err).toContain('tests[0].requests  This key is not known here; correct its spelling');
  });

  it('ends in 2 where the registry itself has errors', async () => {
    await write(good);
    await writeFile(join(folder, 'registry.yaml'), aRegistryFile(withTeam({ roles: [] })).text);

    expect(await test()).toMatchObject({ code: 2, out: '' });
  });

  it('leaves the tests out where the registry is read', async () => {
    await write(good);

    expect(await runCli(['registry', 'validate', folder])).toMatchObject({ code: 0 });
  });
});
