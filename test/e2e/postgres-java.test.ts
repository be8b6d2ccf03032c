import { javaDriver } from './real-servers/drivers.ts';
import { proveClient, useWorld } from './real-servers/prove-client.ts';

const world = useWorld();

proveClient(
  'pgjdbc',
  world,
  {
    'jdbc and pgpass': {
      open: async (attempt) =>
        javaDriver(attempt, {
          input: attempt.text('jdbc'),
          env: { PGPASSFILE: await attempt.file('pgpass') },
        }),
      named: 'by-format',
    },
    'jdbc, password argument': {
      open: (attempt) =>
        javaDriver(attempt, { input: `${attempt.text('jdbc')}\n${attempt.text('token')}` }),
      named: 'by-format',
    },
  },
  {
    tokenRefused: /FATAL: PAM authentication failed for user "orders_/,
    strangeCa: /PKIX path (validation|building) failed/,
    notEncrypted: /FATAL: no pg_hba\.conf entry for host .* no encryption/,
  },
);
