import { afterAll, beforeAll, expect, it } from 'vitest';
import { applicationNameOf } from '../../core/connection/application-name.ts';
import type { TunnelEnd } from '../../core/connection/target.ts';
import { type Attempt, anAttempt } from './real-servers/attempt.ts';
import { type ClientProcess, questionOf, runClient } from './real-servers/client-process.ts';
import { serviceVariables } from './real-servers/libpq.ts';
import { useWorld } from './real-servers/prove-client.ts';
import { openTunnel } from './real-servers/tunnel.ts';

const world = useWorld();
let tunnel: TunnelEnd & { close(): Promise<void> };

beforeAll(async () => {
  tunnel = await openTunnel(world().answers.orders.database.port);
});
afterAll(() => tunnel.close());

const psql = ({ target }: Attempt) => ['psql', '-XAtc', questionOf(target)] as const;

const ways: [string, (attempt: Attempt) => Promise<ClientProcess>][] = [
  ['env', async (a) => ({ command: psql(a), sourced: await a.file('env') })],
  ['pg-service and pgpass', async (a) => ({ command: psql(a), env: await serviceVariables(a) })],
  ['url', async (a) => ({ command: [...psql(a), a.text('url')] })],
];

it.each(ways)('psql, given %s, verifies the real name through a tunnel', async (_name, client) => {
  const { answers, caFile } = world();
  const via = { host: tunnel.host, port: tunnel.port };
  const attempt = anAttempt(world(), { answer: answers.orders, caFile, via });

  // Nobody knows the name here: only `hostaddr` leads to the server.
  const outcome = await runClient({ ...attempt, hostsFile: '/dev/null' }, await client(attempt));

  expect(outcome).toEqual({
    opened: true,
    session: {
      user: answers.orders.user,
      tls: expect.stringMatching(/^TLSv1/),
      applicationName: applicationNameOf(attempt.target),
    },
  });
});
