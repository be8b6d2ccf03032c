import { nodeDriver } from './real-servers/drivers.ts';
import { proveClient, useWorld } from './real-servers/prove-client.ts';

const world = useWorld();
const mysql2 = nodeDriver('mysql2-client.ts');

proveClient(
  'mysql2',
  world,
  {
    'json, authPlugins callback': {
      open: (attempt) => mysql2(attempt, { way: 'callback', input: attempt.text('json') }),
      named: 'by-program',
    },
    'json, enableCleartextPlugin': {
      open: (attempt) => mysql2(attempt, { way: 'password', input: attempt.text('json') }),
      named: 'by-program',
    },
  },
  {
    tokenRefused: /Access denied for user 'ledger_/,
    strangeCa: /unable to verify the first certificate/,
    notEncrypted: /Access denied for user 'ledger_/,
    sendsInClear: true,
  },
);
