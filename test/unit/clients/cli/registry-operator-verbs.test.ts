import { describe, expect, it } from 'vitest';
import { runCli } from '../../../builders/cli.ts';

const example = 'examples/registry';
const vendorRole = ['--vendor-role', 'arn:aws:iam::999988887777:role/tokenvend-vendor-eu-west-1'];

const dashboards = ['--identity', 'arn:aws:iam::777788889999:role/reporting-dashboards'];

const registry = (...args: readonly string[]) => runCli(['registry', ...args]);

describe('the operator’s verbs', () => {
  it.each([
    ['roles of several accounts in one template', ['roles', example, ...vendorRole]],
    ['roles of an account without any', ['roles', example, ...vendorRole, '--account', '1']],
    ['SQL for a database that does not exist', ['sql', example, 'nowhere']],
    ['SQL for a user that does not exist', ['sql', example, 'orders', '--user', 'nobody']],
    ['a second user who has no name', ['sql', example, 'orders', '--beside', 'app']],
    ['a version without IAM authentication', ['sql', example, 'ledger', '--engine-version', '5.6']],
    ['a setup of a database that does not exist', ['setup', example, 'nowhere']],
    ['a plan from nowhere', ['plan', '/nowhere', example]],
    ['a plan to nowhere', ['plan', example, '/nowhere']],
    ['an identity that cannot be read', ['explain', example, 'orders', '--identity', '/nowhere']],
    [
      'a time that is none',
      ['explain', example, 'orders', '--identity', 'arn:aws:iam::1:role/a', '--at', 'now'],
    ],
    [
      'a suspension that names nothing',
      ['explain', example, 'orders', ...dashboards, '--suspended', 'teams/reporting'],
    ],
  ])('end in 2 for %s, and explain on standard error', async (_, args) => {
    const { code, out, err } = await registry(...args);

    expect([code, out]).toEqual([2, '']);
    expect(err).not.toBe('');
  });

  it.each([
    ['roles', ['roles', example, ...vendorRole], { roles: expect.any(Array) }],
    ['sql', ['sql', example, 'orders'], { engine: 'postgres', users: expect.any(Array) }],
    ['setup', ['setup', example, 'orders'], { steps: expect.any(Array) }],
    ['plan', ['plan', example, example], { changes: [] }],
  ])('print JSON: %s', async (_, args, expected) => {
    const { code, out } = await registry(...args, '--json');

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject(expected);
  });

  it.each([
    ['a database', ['sql', example, 'nowhere'], /no database nowhere; there are .*ledger/],
    [
      'a user',
      ['sql', example, 'orders', '--user', 'nobody'],
      /no such user .*; there .*orders_read/,
    ],
    [
      'a database that is explained',
      ['explain', example, 'nowhere', ...dashboards],
      /Note: The registry has no database nowhere; there are .*orders/,
    ],
  ])('name what there is, where there is no such %s', async (_, args, sentence) => {
    expect((await registry(...args)).err).toMatch(sentence);
  });

  it('explain as JSON without the external id of the grant', async () => {
    const { code, out } = await registry('explain', example, 'orders', ...dashboards, '--json');

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdict: { team: 'reporting', user: 'orders_read' } });
    expect(out).not.toContain('externalId');
  });

  it('compare nothing where a version has errors, and say which', async () => {
    const { code, err } = await registry('plan', example, 'package.json');

    expect(code).toBe(2);
    expect(err).toContain('package.json');
  });

  it('keep what moves a cursor out of the terminal', async () => {
    const { out } = await registry('setup', example, 'orders', '--vendor-role', 'a\u001b[2Jb');

    expect(out).toContain('a?[2Jb');
  });
});
