import type { Attempt } from './real-servers/attempt.ts';
import { questionOf, runClient } from './real-servers/client-process.ts';
import { serviceVariables } from './real-servers/libpq.ts';
import { proveClient, useWorld } from './real-servers/prove-client.ts';

const world = useWorld();
const psql = ({ target }: Attempt) => ['psql', '-XAtc', questionOf(target)] as const;

proveClient(
  'psql',
  world,
  {
    env: {
      open: async (attempt) =>
        runClient(attempt, { command: psql(attempt), sourced: await attempt.file('env') }),
      named: 'by-format',
    },
    'pgpass and env': {
      open: async (attempt) =>
        runClient(attempt, {
          command: ['env', '-u', 'PGPASSWORD', ...psql(attempt)],
          sourced: await attempt.file('env'),
          env: { PGPASSFILE: await attempt.file('pgpass') },
        }),
      named: 'by-format',
    },
    'pg-service and pgpass': {
      open: async (attempt) =>
        runClient(attempt, { command: psql(attempt), env: await serviceVariables(attempt) }),
      named: 'by-format',
    },
    url: {
      open: (attempt) => runClient(attempt, { command: [...psql(attempt), attempt.text('url')] }),
      named: 'by-format',
    },
  },
  {
    tokenRefused: /FATAL: {2}PAM authentication failed for user "orders_/,
    strangeCa: /SSL error: certificate verify failed/,
    notEncrypted: /FATAL: {2}no pg_hba\.conf entry for host .* no encryption/,
  },
);
