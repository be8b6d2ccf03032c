import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VendAnswer } from '../../../core/vend-answer.ts';
import { identityOf, requestWithJwt } from '../../../local/callers.ts';
import { ledgerDatabase, ordersDatabase } from '../../../local/organization.ts';
import { createCertificateAuthority } from '../../../local/pki.ts';
import { type Stack, startStack } from '../../../local/stack.ts';

export type DatabaseName = 'orders' | 'ledger';

/** The whole system with real servers behind it, and what one pod was given by it. */
export interface World {
  /** Where clients find their files. */
  readonly folder: string;
  /** Vended, good for fifteen minutes. */
  readonly answers: Readonly<Record<DatabaseName, VendAnswer>>;
  readonly caFile: string;
  /** A CA that signed neither server's certificate. */
  readonly strangeCaFile: string;
  /** Names the endpoints, as the DNS of a VPC would. */
  readonly hostsFile: string;
  /**
   * Does something as if it were so many minutes later, to IAM and the databases. Tokens age in this way
   * only: the AWS SDK signs with the machine's clock.
   */
  after<T>(minutes: number, act: () => Promise<T>): Promise<T>;
  /** What the database's log says about refused logins, oldest first. */
  refusals(database: DatabaseName): readonly string[];
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-e2e-'));
  let aheadMs = 0;
  const clock = (): Date => new Date(Date.now() + aheadMs);
  const stack = await startStack({ directory: folder, postgres: true, mariadb: true, clock });
  const stranger = await createCertificateAuthority({ commonName: 'strange root', clock });
  return {
    folder,
    answers: { orders: await vend(stack, 'orders'), ledger: await vend(stack, 'ledger') },
    caFile: stack.caFile,
    strangeCaFile: await written(folder, 'strange-ca.pem', stranger.certificatePem),
    hostsFile: await written(folder, 'hosts', hosts),
    async after(minutes, act) {
      aheadMs = minutes * 60_000;
      try {
        return await act();
      } finally {
        aheadMs = 0;
      }
    },
    refusals: (database) =>
      (database === 'orders' ? stack.database.refusals : stack.ledger?.refusals) ?? [],
    async close() {
      await stack.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const hosts = [ordersDatabase, ledgerDatabase].map(({ host }) => `127.0.0.1 ${host}\n`).join('');

async function vend(stack: Stack, database: DatabaseName): Promise<VendAnswer> {
  const jwt = await identityOf(stack, 'orders-pod');
  const response = await requestWithJwt(stack, jwt, { database });
  if (!response.ok) throw new Error(`no token for ${database}: ${response.status}`);
  // The API's own answer, described in openapi.yaml and held to it by other tests.
  return (await response.json()) as VendAnswer;
}

/** A file in a folder that is made for it, with the mode that libpq asks of a password file. */
export async function written(folder: string, name: string, content: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, content);
  await chmod(path, 0o600);
  return path;
}
