import { javaDriver } from './real-servers/drivers.ts';
import { proveClient, useWorld } from './real-servers/prove-client.ts';

const world = useWorld();

proveClient(
  'MariaDB Connector/J',
  world,
  {
    'jdbc, password argument': {
      open: (attempt) =>
        javaDriver(attempt, { input: `${attempt.text('jdbc')}\n${attempt.text('token')}` }),
      named: 'by-format',
    },
  },
  {
    tokenRefused: /Access denied for user 'ledger_/,
    strangeCa:
      /Cannot use authentication plugin mysql_clear_password with a Self signed certificates/,
    notEncrypted: /Cannot use authentication plugin mysql_clear_password if SSL is not enabled/,
  },
);
