import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { startOrdersDatabase } from '../../local/orders-database.ts';
import { aFolder, cli } from './support/cli-process.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
  withDatabase,
} from './support/test-stack.ts';

let stack: TestStack;
/** Another organization, whose IAM knows none of the roles that its tokens are signed by. */
let deaf: TestStack;
let mute: Server;

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack(withDatabase);
  deaf = await startTestStack({
    startDatabase: (parts) => startOrdersDatabase({ ...parts, roles: new Map() }),
  });
  mute = createServer((socket) => {
    // Whoever expected a database hangs up in the middle.
    socket.on('error', () => undefined).end('220 mail.example.com\r\n');
  }).listen(0, '127.0.0.1');
  await once(mute, 'listening');
});
afterAll(async () => {
  mute.close();
  await deaf.close();
  await stack.close();
});

const tunnelTo = (port: number): string => `127.0.0.1:${port}`;
const mutePort = (): number => {
  const address = mute.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

async function doctor(on: TestStack, changes: Readonly<Record<string, string>> = {}) {
  const ended = await cli(['doctor', 'orders', '--json'], {
    TOKENVEND_API_URL: on.apiUrl,
    TOKENVEND_IDENTITY_TOKEN: await identityOf(on, 'orders-pod'),
    TOKENVEND_VIA: tunnelTo(on.database.port),
    ...changes,
  });
  const findings: readonly Record<string, string>[] = JSON.parse(ended.out).findings;
  const bad = findings.filter(({ status }) => status === 'failed');
  return { code: ended.code, findings, bad, last: findings.at(-1) };
}

describe('the doctor', () => {
  it('finds nothing wrong with a connection that works', async () => {
    const { code, findings, bad } = await doctor(stack);

    expect([code, bad]).toEqual([0, []]);
    expect(findings.map(({ check }) => check)).toEqual([
      ...['identity', 'api', 'clock', 'team', 'grant', 'token', 'dns', 'tcp', 'tls', 'login'],
    ]);
  });

  it('translates what RDS calls a failed PAM authentication', async () => {
    const { code, bad } = await doctor(deaf);

    expect(code).toBe(2);
    expect(bad).toMatchObject([
      { check: 'login', todo: expect.stringContaining('rds-db:connect') },
    ]);
  });

  it('tells another server from the endpoint, and sends it no token', async () => {
    const before = stack.database.refusals.length;

    const { bad, last } = await doctor(deaf, { TOKENVEND_VIA: tunnelTo(stack.database.port) });

    expect(bad).toMatchObject([
      { check: 'tls', todo: expect.stringContaining('another authority') },
    ]);
    expect(last?.check).toBe('tls');
    expect(stack.database.refusals).toHaveLength(before);
  });

  it.each([
    ['nothing listens', 'tcp', () => tunnelTo(1)],
    ['something else listens', 'tls', () => tunnelTo(mutePort())],
  ])('says so where %s', async (_, check, via) => {
    const { code, bad } = await doctor(stack, { TOKENVEND_VIA: via() });

    expect([code, bad.map((one) => one.check)]).toEqual([2, [check]]);
  });

  it('tells who is not granted anything from who is nobody', async () => {
    const stranger = await stack.issuers.kubernetes.issue(
      { sub: 'system:serviceaccount:default:default', aud: [stack.audience] },
      { expiresInSeconds: 600 },
    );

    const { code, bad } = await doctor(stack, { TOKENVEND_IDENTITY_TOKEN: stranger });

    expect([code, bad.map(({ check }) => check)]).toEqual([4, ['team', 'grant']]);
  });

  it('ends in 3 for an identity that has expired, and still says what the API makes of it', async () => {
    const expired = await identityOf(stack, 'orders-pod', -3600);

    const { code, bad } = await doctor(stack, { TOKENVEND_IDENTITY_TOKEN: expired });

    expect([code, bad.map(({ check }) => check)]).toEqual([3, ['identity', 'team', 'grant']]);
  });

  it('reads an identity that cannot be had once, and asks the API nothing without it', async () => {
    const folder = await aFolder();
    const runs = join(folder.path, 'runs');

    const { code, findings } = await doctor(stack, {
      TOKENVEND_IDENTITY_COMMAND: `echo >> ${runs}; exit 3`,
    });
    const times = (await readFile(runs, 'utf8')).length;
    await folder.remove();

    expect([code, times]).toEqual([3, 1]);
    expect(findings).toMatchObject([
      { check: 'identity', status: 'failed', todo: '--identity-command ended with 3.' },
      { check: 'api', status: 'ok' },
      { check: 'clock' },
      { check: 'team', status: 'skipped', saw: 'not asked: no identity' },
      { check: 'grant', status: 'skipped', saw: 'not asked: no identity' },
    ]);
  });

  it('ends in 5 where there is no API', async () => {
    const { code, bad } = await doctor(stack, { TOKENVEND_API_URL: 'http://127.0.0.1:1' });

    expect([code, bad.map(({ check }) => check)]).toEqual([5, ['api']]);
  });
});
