import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../../clients/cli/main.ts';
import { aClock } from '../../../builders/clock.ts';
import { aDynamodb, type WatchedDynamodb } from '../../../builders/dynamodb.ts';
import { aRegistryFile, withTeam, withUser } from '../../../builders/registry-files.ts';

let dynamodb: WatchedDynamodb;
let folder: string;
const clock = aClock();

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-cli-'));
  dynamodb = await aDynamodb();
});
afterEach(async () => {
  await dynamodb.close();
  await rm(folder, { recursive: true });
});

/** Runs `registry …` as a CI job would, with the table in the environment. */
async function registry(args: readonly string[], changes: Readonly<Record<string, string>> = {}) {
  const written = { out: '', err: '' };
  const code = await run(['registry', ...args], {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    fetch: () => Promise.reject(new Error('the network was used')),
    clock,
    env: {
      ...dynamodb.env,
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
      ...changes,
    },
  });
  return { code, ...written };
}

async function publish(
  changes: Parameters<typeof aRegistryFile>[0] = {},
  flags: readonly string[] = [],
) {
  const file = join(folder, 'registry.yaml');
  await writeFile(file, aRegistryFile(changes).text);
  return registry(['publish', file, ...flags]);
}

const versionsListed = async () =>
  JSON.parse((await registry(['versions', '--json'])).out).versions;

describe('tokenvend registry publish, versions and rollback', () => {
  it('publish, list and go back', async () => {
    const first = await publish();
    clock.advance(1);
    const second = await publish(withUser('orders_read'));

    const listed = await registry(['versions']);
    const back = await registry(['rollback']);

    expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^sha256:\w{12}\n$/) });
    expect(listed.out.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      [expect.stringContaining(`in force: ${second.out.trim()} since `)],
      [second.out.trim(), 'current'],
      [first.out.trim(), 'previous'],
      [''],
    ]);
    expect(back).toMatchObject({ code: 0, out: first.out });
  });

  it('say who began a version and who finished it, and since when it is in force', async () => {
    const { out } = await publish();
    const by = `os:${userInfo().username}`;
    const at = clock().toISOString();
    clock.advance(1);
    await publish(withUser('orders_read'));
    await registry(['rollback']);

    const [, first] = await versionsListed();

    expect(first).toMatchObject({
      version: out.trim(),
      standing: 'current',
      begunAt: at,
      finished: { by, at },
      inForce: { by, at: clock().toISOString() },
    });
  });

  it('record why a version was published, and why it was put in force again', async () => {
    await publish({}, ['--reason', 'case 1']);
    clock.advance(1);
    await publish(withUser('orders_read'), ['--reason', 'case 2']);
    const published = await registry(['versions']);
    await registry(['rollback', '--reason', 'case 2 was wrong']);
    const rolledBack = await registry(['versions']);
    await registry(['rollback']);
    const unsaid = await registry(['versions']);

    expect(published.out.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^in force: .* by os:\w+: case 2$/),
      expect.stringMatching(/ finished \S+ by os:\w+: case 2$/),
      expect.stringMatching(/ finished \S+ by os:\w+: case 1$/),
    ]);
    expect(rolledBack.out).toMatch(/^in force: .*: case 2 was wrong\n/);
    expect(rolledBack.out).toContain(': case 1\n');
    expect(unsaid.out).toMatch(/^in force: .* by os:\w+\n/);
  });

  it('keep an unsaid reason unsaid, whoever publishes the same version again and says why', async () => {
    await publish();
    await publish({}, ['--reason', 'again']);

    const [version] = await versionsListed();

    expect(version.finished).not.toHaveProperty('reason');
  });

  it.each([' ', 'x'.repeat(257)])(
    'refuse a reason that says nothing, or too much',
    async (reason) => {
      expect((await publish({}, ['--reason', reason])).code).toBe(2);
    },
  );

  it('record the user of the machine where AWS does not say who it is', async () => {
    await publish();

    const [version] = await versionsListed();

    expect(version).toMatchObject({ by: `os:${userInfo().username}`, standing: 'current' });
  });

  it('publish nothing of a registry with errors', async () => {
    const { code, out, err } = await publish(withUser('a*'));

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('1 error');
    expect(await registry(['versions'])).toEqual({
      code: 0,
      out: '',
      err: 'Nothing is published in this table.\n',
    });
  });
});

describe('tokenvend registry suspend and resume', () => {
  it('suspends, and prints what remains to be done', async () => {
    await publish();

    const { code, out, err } = await registry([
      'suspend',
      'member/payments/api',
      '--reason',
      'a leak',
    ]);

    expect(code).toBe(0);
    expect(err).toContain('2026-03-01T12:00:1');
    expect(out).toContain('and team = "payments" and member = "api"');
    expect(out).toContain('"aws:TokenIssueTime"');
    expect(out).toContain('arn:aws:iam::111122223333:role/tokenvend-payments');
    expect(out).toContain(
      "pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'orders_app'",
    );
  });

  it('shows what is in force and what is suspended before the versions', async () => {
    await publish();
    const before = await registry(['versions']);
    await registry(['suspend', 'team/payments', '--reason', 'a \u001b[2J leak']);
    await registry(['suspend', 'database/orders', '--reason', 'case 4711']);

    const after = await registry(['versions']);

    const since = `since ${clock().toISOString()} by os:${userInfo().username}`;
    const [inForce, version] = before.out.split(/(?<=\n)/);
    expect(inForce).toMatch(/^in force: sha256:\w{12} since \S+ by os:\w+\n$/);
    expect(after).toEqual({
      code: 0,
      out: `${inForce}suspended: database/orders ${since}: case 4711\nsuspended: team/payments ${since}: a ?[2J leak\n${version}`,
      err: '',
    });
  });

  it('lists suspensions for programs, too', async () => {
    await publish();
    await registry(['suspend', 'team/payments', '--reason', 'a leak']);

    const { versions, suspended } = JSON.parse((await registry(['versions', '--json'])).out);

    expect(versions).toMatchObject([{ standing: 'current', inForce: { by: expect.anything() } }]);
    expect(suspended).toEqual([
      {
        entry: 'team/payments',
        reason: 'a leak',
        by: `os:${userInfo().username}`,
        at: clock().toISOString(),
      },
    ]);
  });

  it('suspends what is suspended already without a fault, and prints what remains again', async () => {
    await publish();
    const first = await registry(['suspend', 'team/payments', '--reason', 'a leak']);
    clock.advance(60);

    const again = await registry(['suspend', 'team/payments', '--reason', 'me too']);

    expect(again).toMatchObject({ code: 0, out: first.out });
    expect(again.err).toMatch(/^team\/payments was suspended already, \S+ by os:\w+: a leak\n$/);
  });

  it('prints what remains from files alone, the same, where the table is away', async () => {
    await publish();
    const { out } = await registry(['suspend', 'member/payments/api', '--reason', 'a leak']);
    const away = { TOKENVEND_REGISTRY_TABLE: '', AWS_REGION: '' };
    const args = ['revocation', join(folder, 'registry.yaml'), 'member/payments/api'];

    const printed = await registry(args, away);
    const later = await registry([...args, '--at', '2026-03-01T13:00:00Z', '--json'], away);

    expect(printed).toEqual({ code: 0, out, err: '' });
    expect(JSON.parse(later.out)).toMatchObject({
      entry: 'member/payments/api',
      effectiveAt: '2026-03-01T13:00:00.000Z',
      isKnown: true,
      deny: { roles: ['arn:aws:iam::111122223333:role/tokenvend-payments'] },
    });
  });

  it.each([
    ['team/strangers', 0, 'This version has no team/strangers: check the name.\n'],
    ['teams', 2, 'Name what to suspend'],
  ])('prints, for %s in files, what it can', async (entry, code, words) => {
    await publish();

    const printed = await registry(['revocation', join(folder, 'registry.yaml'), entry]);

    expect(printed).toMatchObject({ code, err: expect.stringContaining(words) });
  });

  it('resumes what is suspended, once', async () => {
    await publish();
    await registry(['suspend', 'team/payments', '--reason', 'a leak']);

    const once = await registry(['resume', 'team/payments', '--reason', 'rotated']);
    clock.advance(1);
    const again = await registry(['resume', 'team/payments', '--reason', 'rotated']);

    expect([once.code, again.code]).toEqual([0, 2]);
  });

  it('warns of a name that the version in force does not know', async () => {
    await publish();

    const known = await registry(['suspend', 'member/payments/api', '--reason', 'a leak']);
    const misspelt = await registry(['suspend', 'member/payments/apy', '--reason', 'a leak']);

    expect(known.err).not.toContain('check the name');
    expect(misspelt).toMatchObject({ code: 0, err: expect.stringContaining('check the name') });
  });

  it('A23: is told, when a publish renames who is suspended', async () => {
    await publish();
    await registry(['suspend', 'member/payments/api', '--reason', 'a leak']);
    const api = { issuer: 'cluster', subject: 'system:serviceaccount:payments:api' };

    const same = await publish(withUser('orders_read'));
    const renamed = await publish(withTeam({ members: { api: undefined, pods: api } }));

    expect(same.err).not.toContain('suspended');
    expect(renamed.err).toContain('member/payments/api is suspended, and not in this version');
  });

  it('asks for a reason', async () => {
    expect((await registry(['suspend', 'team/payments'])).code).toBe(2);
  });
});

describe('tokenvend registry with --json', () => {
  const json = async (...args: readonly string[]) =>
    JSON.parse((await registry([...args, '--json'])).out);
  const published = async (...args: Parameters<typeof publish>) =>
    JSON.parse((await publish(args[0], ['--json'])).out);

  it('publishes, goes back and prunes', async () => {
    const first = await published();
    const second = await published(withUser('orders_read'));
    const third = await published(withUser('orders_audit'));
    const back = await json('rollback');
    clock.advance(900);
    const { pruned } = await json('prune', '--reason', 'old');

    expect(first).toMatchObject({
      ok: true,
      moved: true,
      first: true,
      problems: [],
      forgotten: [],
    });
    expect(second).toMatchObject({ ok: true, written: second.items, first: false });
    expect(back).toEqual({ from: third.version, to: second.version });
    expect(pruned).toEqual([first.version]);
  });

  it('says what is wrong with a registry that is not published', async () => {
    const { code, out } = await publish(withUser('a*'), ['--json']);

    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ severity: 'error' }] });
  });

  it('suspends with all that remains to be done, and resumes', async () => {
    await publish();

    const suspended = await json('suspend', 'member/payments/api', '--reason', 'a leak');
    const unknown = await json('suspend', 'team/strangers', '--reason', 'a leak');
    const resumed = await json('resume', 'team/strangers', '--reason', 'a mistake');

    expect(suspended).toMatchObject({
      entry: 'member/payments/api',
      reason: 'a leak',
      isNew: true,
      isKnown: true,
      query: expect.stringContaining('member = "api"'),
      deny: { roles: ['arn:aws:iam::111122223333:role/tokenvend-payments'] },
      sessions: [{ database: 'orders', user: 'orders_app' }],
    });
    expect(Date.parse(suspended.effectiveAt) - Date.parse(suspended.at)).toBe(15_000);
    expect(unknown).toMatchObject({ isKnown: false, sessions: [] });
    expect(unknown).not.toHaveProperty('deny');
    expect(resumed).toMatchObject({ entry: 'team/strangers' });
  });
});

describe('tokenvend registry with a table', () => {
  it.each([
    ['nothing is published', 2, ['rollback'], {}],
    ['there is no such table', 2, ['versions'], { TOKENVEND_REGISTRY_TABLE: 'another' }],
    ['no table is named', 2, ['versions'], { TOKENVEND_REGISTRY_TABLE: '' }],
    ['no Region is named', 2, ['versions'], { AWS_REGION: '' }],
    ['nobody answers', 5, ['versions'], { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' }],
  ])('says so where %s, and ends in %i', async (_, code, args, changes) => {
    const result = await registry(args, changes);

    expect(result.code).toBe(code);
    expect(result.err).not.toBe('');
  });

  it.each([['versions'], ['suspend', 'team/payments', '--reason', 'a leak']])(
    'ends in 3 where there are no credentials to open it with: %s',
    async (...args) => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
      vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
      vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'none'));
      vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'none'));

      const { code, err } = await registry([...args, '--profile', 'nope']);

      expect({ code, err }).toEqual({
        code: 3,
        err: expect.stringContaining('no AWS credentials'),
      });
    },
  );

  it('says so where the table is not the registry’s', async () => {
    await dynamodb.table.client.send(
      new CreateTableCommand({
        TableName: 'orders',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    const changes = { TOKENVEND_REGISTRY_TABLE: 'orders' };

    await vi.waitFor(async () => {
      const { code, err } = await registry(['versions'], changes);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('keys pk and sk') });
    });
  });

  it('exports a version as a file that explain reads', async () => {
    const { out } = await publish();
    await publish(withUser('orders_read'));
    const file = join(folder, 'then.json');
    const nobody = ['--identity', 'arn:aws:iam::111122223333:role/nobody'];

    const exported = await registry(['export', out.trim(), '--out', file]);
    const explained = await registry(['explain', file, 'orders', ...nobody]);

    expect(exported).toEqual({ code: 0, out, err: '' });
    expect(explained).toMatchObject({ code: 4, out: expect.stringContaining('refused: no-team') });
  });

  it('prunes once the last change has settled', async () => {
    await publish();
    await publish(withUser('orders_read'));
    const third = await publish(withUser('orders_audit'));

    const early = await registry(['prune']);
    clock.advance(900);
    const late = await registry(['prune']);

    expect(third.code).toBe(0);
    expect([early.code, late.code]).toEqual([2, 0]);
    expect(early.err).toContain(`from ${clock().toISOString()} on`);
    expect(late.err).toBe('1 deleted\n');
  });
});
