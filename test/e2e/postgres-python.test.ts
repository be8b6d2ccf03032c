import { expect, it } from 'vitest';
import { anAttempt } from './real-servers/attempt.ts';
import { pythonDriver } from './real-servers/drivers.ts';
import { serviceVariables } from './real-servers/libpq.ts';
import { type Messages, proveClient, useWorld } from './real-servers/prove-client.ts';

const world = useWorld();
const psycopg = pythonDriver('psycopg_client.py');
const asyncpg = pythonDriver('asyncpg_client.py');
const sqlalchemy = pythonDriver('sqlalchemy_client.py');

const libpqMessages: Messages = {
  tokenRefused: /OperationalError.*FATAL: {2}PAM authentication failed for user "orders_/s,
  strangeCa: /OperationalError.*SSL error: certificate verify failed/s,
  notEncrypted: /OperationalError.*FATAL: {2}no pg_hba\.conf entry for host .* no encryption/s,
};

proveClient(
  'psycopg',
  world,
  {
    env: {
      open: async (attempt) => psycopg(attempt, { sourced: await attempt.file('env') }),
      named: 'by-format',
    },
    'pg-service and pgpass': {
      open: async (attempt) => psycopg(attempt, { env: await serviceVariables(attempt) }),
      named: 'by-format',
    },
    url: {
      open: (attempt) => psycopg(attempt, { input: attempt.text('url') }),
      named: 'by-format',
    },
  },
  libpqMessages,
);

proveClient(
  'asyncpg',
  world,
  {
    'json, password callback': {
      open: (attempt) => asyncpg(attempt, { way: 'json', input: attempt.text('json') }),
      named: 'by-program',
    },
    env: {
      open: async (attempt) => asyncpg(attempt, { way: 'env', sourced: await attempt.file('env') }),
      named: 'no',
    },
  },
  {
    tokenRefused: /InvalidAuthorizationSpecificationError: PAM authentication failed/,
    strangeCa: /SSLCertVerificationError: .*certificate verify failed/,
    notEncrypted: /no pg_hba\.conf entry for host .* no encryption/,
  },
);

proveClient(
  'SQLAlchemy with psycopg',
  world,
  {
    'json, do_connect event': {
      open: (attempt) => sqlalchemy(attempt, { way: 'json', input: attempt.text('json') }),
      named: 'by-program',
    },
    url: {
      open: (attempt) => sqlalchemy(attempt, { way: 'url', input: attempt.text('url') }),
      named: 'by-format',
    },
  },
  libpqMessages,
);

it('asyncpg sends a wrong password from a pgpass file: it does not undo the escapes', async () => {
  const { answers, caFile } = world();
  const attempt = anAttempt(world(), { answer: answers.orders, caFile });
  const { host, port, user, dbname = '' } = attempt.target;
  const refusedBefore = world().refusals('orders').length;

  const outcome = await asyncpg(attempt, {
    way: 'env',
    env: {
      ...{ PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: dbname },
      ...{ PGSSLMODE: 'verify-full', PGSSLROOTCERT: caFile },
      PGPASSFILE: await attempt.file('pgpass'),
    },
  });

  expect(outcome).toMatchObject({ opened: false });
  expect(world().refusals('orders').slice(refusedBefore)).toEqual(['malformed']);
});
