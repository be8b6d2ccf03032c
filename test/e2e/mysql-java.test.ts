import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Attempt } from './real-servers/attempt.ts';
import { javaDriver } from './real-servers/drivers.ts';
import { proveClient, useWorld } from './real-servers/prove-client.ts';

const world = useWorld();
const makeTrustStore = fileURLToPath(new URL('real-servers/java/trust-store.sh', import.meta.url));

proveClient(
  'MySQL Connector/J',
  world,
  {
    'jdbc, trust store and password argument': {
      open: async (attempt) =>
        javaDriver(attempt, {
          input: `${attempt.text('jdbc')}&${await trustStore(attempt)}\n${attempt.text('token')}`,
        }),
      named: 'by-format',
    },
  },
  {
    tokenRefused: /Access denied for user 'ledger_/,
    strangeCa: /Path does not chain with any of the trust anchors/,
    notEncrypted: /SSL connection required for plugin "mysql_clear_password"/,
  },
);

/** docs/clients/jdbc.md: what the URL needs beside what `--format jdbc` prints. */
async function trustStore({ folder, target }: Attempt): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'trust.p12');
  await promisify(execFile)(makeTrustStore, [target.caFile ?? '', file]);
  return `trustCertificateKeyStoreUrl=file:${file}&trustCertificateKeyStorePassword=changeit`;
}
