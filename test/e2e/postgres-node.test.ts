import { nodeDriver } from './real-servers/drivers.ts';
import { proveClient, useWorld } from './real-servers/prove-client.ts';

const world = useWorld();
const pg = nodeDriver('pg-client.ts');

proveClient(
  'pg',
  world,
  {
    'json, password callback': {
      open: (attempt) => pg(attempt, { way: 'json', input: attempt.text('json') }),
      named: 'by-program',
    },
    url: {
      open: (attempt) => pg(attempt, { way: 'url', input: attempt.text('url') }),
      named: 'by-format',
    },
  },
  {
    tokenRefused: /PAM authentication failed for user "orders_/,
    strangeCa: /unable to verify the first certificate/,
    notEncrypted: /no pg_hba\.conf entry for host .* no encryption/,
  },
);
