import { Client, Pool } from 'pg';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from 'vitest';
import { pgOptions } from '../../clients/node/pg-options.ts';
import { createTokenSource } from '../../clients/node/token-source.ts';
import { withFreshToken } from '../../clients/node/with-fresh-token.ts';
import { identityOf } from '../../local/callers.ts';
import { startOrdersDatabase } from '../../local/orders-database.ts';
import { holdMachineClock, type MachineClock } from './support/machine-clock.ts';
import {
  lastRecord,
  silenceFunctions,
  startTestStack,
  type TestStack,
} from './support/test-stack.ts';

silenceFunctions();
const revoked = new Set<string>();
let stack: TestStack;
let clock: MachineClock;

beforeAll(async () => {
  stack = await startTestStack({
    startDatabase: ({ credentials, ...parts }) =>
      startOrdersDatabase({
        ...parts,
        credentials: {
          ...credentials,
          find: (id) => (revoked.has(id) ? undefined : credentials.find(id)),
        },
      }),
  });
});

afterAll(() => stack.close());

beforeEach(() => {
  clock = holdMachineClock();
});

afterEach(() => clock.release());

const target = { database: 'orders', user: 'orders_app' };

function aSource() {
  const identity = () => identityOf(stack, 'orders-pod');
  return createTokenSource({ apiUrl: stack.apiUrl, auth: { identity } });
}

const here = () => ({ host: '127.0.0.1', port: stack.database.port });

async function aPool(source = aSource()) {
  const pool = new Pool(await pgOptions(source, { ...target, via: here() }, { max: 2 }));
  pool.on('error', () => undefined);
  onTestFinished(() => pool.end());
  return { pool, source };
}

/** As an administrator does who has found a session in the wrong hands. */
function revokeSession(): void {
  const { accessKeyId = '' } = lastRecord(stack);
  revoked.add(accessKeyId);
}

describe('a pool whose session was revoked', () => {
  it('is refused as long as its token has life left', async () => {
    const { pool } = await aPool();
    revokeSession();

    await expect(pool.connect()).rejects.toMatchObject({ code: '28000' });
  });

  it('connects with a fresh token, and every connection after it as well', async () => {
    const { pool, source } = await aPool();
    revokeSession();
    // The API keeps sessions that are younger than a minute.
    clock.advance(61);

    const first = await withFreshToken(source, target, () => pool.connect());
    const second = await pool.connect();

    const { rows } = await second.query('select current_user as name');
    expect(rows).toEqual([{ name: 'orders_app' }]);
    for (const client of [first, second]) client.release();
  });
});

describe('a connection made with the options', () => {
  it('is encrypted, verified for the real endpoint, and carries the id of the vend', async () => {
    const source = aSource();
    const options = await pgOptions(
      source,
      { ...target, via: here() },
      { application_name: 'shop' },
    );
    const client = new Client(options);
    await client.connect();
    onTestFinished(() => client.end());

    const { rows } = await client.query("select current_setting('application_name') as name");

    expect(rows).toEqual([{ name: `shop tv:${lastRecord(stack).vendId}` }]);
  });

  it('gets no token where a framework turned verification off', async () => {
    const options = await pgOptions(aSource(), { ...target, via: here() });
    const client = new Client({ ...options, ssl: { rejectUnauthorized: false } });

    await expect(client.connect()).rejects.toMatchObject({ reason: 'not-encrypted' });
  });

  it('is not made with a server that cannot show the name of the endpoint', async () => {
    const options = await pgOptions(aSource(), { ...target, via: here() });
    const ssl = { ...options.ssl, servername: 'ledger.c9akciq32abc.eu-west-1.rds.amazonaws.com' };

    await expect(new Client({ ...options, ssl }).connect()).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });
});
