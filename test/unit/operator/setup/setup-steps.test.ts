import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { setupLines } from '../../../../operator/setup/setup-lines.ts';
import { setupSteps } from '../../../../operator/setup/setup-steps.ts';
import { aDatabase, aUser } from '../../../builders/registry.ts';

type Parts = Parameters<typeof aDatabase>[0];

const proxy: Parts = {
  host: 'orders.proxy-c9akciq32abc.eu-west-1.rds.amazonaws.com',
  resourceIds: ['prx-0a1b2c3d4e5f6a7b8'],
  caBundle: 'amazon-roots',
};
const cluster: Parts = {
  host: 'orders.cluster-c9akciq32abc.eu-west-1.rds.amazonaws.com',
  resourceIds: ['cluster-ABC'],
};

const linesFor = (parts: Parts, registryPath = 'registry') =>
  setupLines(setupSteps(aDatabase(parts), { registryPath }));

const commandsFor = (parts: Parts, registryPath?: string) =>
  linesFor(parts, registryPath).filter((line) => line !== '' && !line.startsWith('#'));

describe('setupSteps', () => {
  it.each([
    ['an instance', {}, "modify-db-instance --db-instance-identifier 'orders'"],
    ['a cluster', cluster, "modify-db-cluster --db-cluster-identifier 'orders'"],
    [
      'an instance of a cluster',
      { resourceIds: ['cluster-ABC'] },
      "modify-db-cluster --db-cluster-identifier 'CLUSTER-IDENTIFIER'",
    ],
    ['a proxy', proxy, "modify-db-proxy --db-proxy-name 'orders' --default-auth-scheme IAM_AUTH"],
  ])('turns IAM authentication on for %s', (_, parts, command) => {
    expect(commandsFor(parts).join('\n')).toContain(command);
  });

  it.each([
    ['an instance', {}],
    ['a cluster', cluster],
  ])('exports the log of refused logins of %s', (_, parts) => {
    expect(commandsFor(parts).join('\n')).toContain('iam-db-auth-error');
  });

  it.each([
    ['postgres', ['Kerberos', 'replication']],
    ['mariadb', ['10.11', 'Replication']],
  ] as const)('says what IAM authentication excludes in %s', (engine, words) => {
    const text = linesFor({ engine }).join('\n');

    for (const word of words) expect(text).toContain(word);
  });

  it.each([
    ['postgres', '-U "$MASTER_USER" -d \'orders\''],
    ['mysql', '-u "$MASTER_USER" -p'],
  ] as const)('runs the statements on the database itself, in %s', (engine, words) => {
    const command = commandsFor({ engine }).find((line) => line.includes('registry sql')) ?? '';

    expect(command).toContain("-h 'orders.");
    expect(command).toContain(words);
  });

  it.each([
    ['postgres', 'PGSSLMODE=verify-full PGSSLROOTCERT=rds-ca.pem psql '],
    [
      'mysql',
      'mysql --loose-ssl-mode=VERIFY_IDENTITY --loose-ssl-verify-server-cert --ssl-ca=rds-ca.pem ',
    ],
    [
      'mariadb',
      'mysql --loose-ssl-mode=VERIFY_IDENTITY --loose-ssl-verify-server-cert --ssl-ca=rds-ca.pem ',
    ],
  ] as const)('gives the master password to a verified server only, in %s', (engine, words) => {
    const commands = commandsFor({ engine });
    const at = commands.findIndex((line) => line.includes('registry sql'));

    expect(commands[at - 1]).toBe('tokenvend ca eu-west-1 --out rds-ca.pem');
    expect(commands[at]).toContain(`| ${words}`);
  });

  it('verifies the database behind a proxy with the roots of its Region', () => {
    expect(commandsFor(proxy)).toContain('tokenvend ca eu-west-1 --out rds-ca.pem');
  });

  it('says what its steps need of the stack: the address of the API, and no table', () => {
    const text = linesFor({}).join('\n');

    expect(text).toContain('set TOKENVEND_API_URL to the output ApiUrl');
    expect(text).toContain('Without a table, which is the default, build and deploy again');
  });

  it('publishes before it tries', () => {
    const verbs = commandsFor({}).flatMap((line) => /publish|doctor/.exec(line)?.[0] ?? []);

    expect(verbs).toEqual(['publish', 'doctor']);
  });

  it('names the CA that the clients will verify with', () => {
    expect(commandsFor(proxy)).toContain('tokenvend ca amazon-roots');
    expect(commandsFor({})).toContain('tokenvend ca eu-west-1');
  });

  it.each([
    ["it's $(touch planted)", 'ordinary'],
    ['registry', 'a`touch planted`;b'],
  ])('A16: keeps %j and the user %j what they are in a shell', (path, user) => {
    const commands = commandsFor({ users: [aUser({ name: user })] }, path);

    const words = commands.map((command) => `printf '%s\\n' ${command.replace(/[|>].*/s, '')}`);
    const read = execFileSync(
      'sh',
      ['-uc', `VENDOR_ROLE_ARN=x REGISTRY_TABLE=x\n${words.join('\n')}`],
      {
        encoding: 'utf8',
      },
    );

    expect(read.split('\n')).toContain(path);
    expect(read.split('\n')).toContain(`orders/${user}`);
  });
});
